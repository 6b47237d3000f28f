import { useId, type ReactNode } from 'react'
import styles from './surface.module.css'

export type CardProps = {
  title?: string
  /** At the right of the title. */
  action?: ReactNode
  /** Content that reaches the edges, such as lists and tables. */
  flush?: boolean
  children: ReactNode
}

/** A titled sheet on the page. */
export function Card({ title, action, flush = false, children }: CardProps) {
  const id = useId()
  return (
    <section className={styles.card} data-flush={flush || undefined} aria-labelledby={title && id}>
      {title && (
        <div className={styles.cardTop}>
          <h2 id={id} className={styles.cardTitle}>
            {title}
          </h2>
          {action}
        </div>
      )}
      {children}
    </section>
  )
}

export type StatProps = {
  label: string
  value: ReactNode
  note?: ReactNode
  tone?: 'plain' | 'good' | 'bad' | 'warn'
}

/** One figure and what it is. */
export function Stat({ label, value, note, tone = 'plain' }: StatProps) {
  return (
    <div className={styles.stat} data-tone={tone}>
      <dt>{label}</dt>
      <dd>
        <span className={styles.statValue}>{value}</span>
        {note && <span className={styles.statNote}>{note}</span>}
      </dd>
    </div>
  )
}

/** Figures side by side, as many to a row as fit. */
export function Stats({ children }: { children: ReactNode }) {
  return <dl className={styles.stats}>{children}</dl>
}

export type BadgeProps = { tone?: 'plain' | 'brand' | 'good' | 'warn' | 'bad'; children: ReactNode }

/** A state in a word. */
export function Badge({ tone = 'plain', children }: BadgeProps) {
  return (
    <span className={styles.badge} data-tone={tone}>
      {children}
    </span>
  )
}

/** Blocks under each other with the page's rhythm. */
export function Stack({ gap = 5, children }: { gap?: 2 | 3 | 4 | 5 | 6; children: ReactNode }) {
  return (
    <div className={styles.stack} data-gap={gap}>
      {children}
    </div>
  )
}

/** Things in a line that wrap. */
export function Row({ children, end = false }: { children: ReactNode; end?: boolean }) {
  return (
    <div className={styles.row} data-end={end || undefined}>
      {children}
    </div>
  )
}

/** Equal columns, as many as fit at their least width. */
export function Columns({ least = 280, children }: { least?: number; children: ReactNode }) {
  return (
    <div
      className={styles.columns}
      style={{ gridTemplateColumns: `repeat(auto-fit, minmax(min(${least}px, 100%), 1fr))` }}
    >
      {children}
    </div>
  )
}
