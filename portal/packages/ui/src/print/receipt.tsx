import { useT } from '@minga/i18n'
import type { ReactNode } from 'react'
import { Logo } from '../brand/logo'
import { Button } from '../form/button'
import styles from './receipt.module.css'

export type ReceiptProps = {
  title: string
  /** The receipt's number. */
  number: string
  /** The figure people look for first. */
  amount: ReactNode
  lines: { label: string; value: ReactNode }[]
  /** Room for signatures on the printed sheet. */
  signatures?: string[]
  actions?: ReactNode
}

/** What was done, fit for a screen and for an 80 mm or A5 sheet. */
export function Receipt({ title, number, amount, lines, signatures, actions }: ReceiptProps) {
  const t = useT()
  return (
    <div className={styles.whole}>
      <article className={styles.receipt} aria-label={title} data-receipt>
        <Logo />
        <h2 className={styles.title}>{title}</h2>
        <p className={styles.number}>{t('ui.receipt.number', { number })}</p>
        <p className={styles.amount}>{amount}</p>
        <dl className={styles.lines}>
          {lines.map((line) => (
            <div key={line.label}>
              <dt>{line.label}</dt>
              <dd>{line.value}</dd>
            </div>
          ))}
        </dl>
        {signatures && (
          <div className={styles.signatures} data-print-only>
            {signatures.map((name) => (
              <span key={name}>{name}</span>
            ))}
          </div>
        )}
      </article>
      <div className={styles.actions} data-screen-only>
        <Button icon="print" onClick={() => window.print()}>
          {t('ui.receipt.print')}
        </Button>
        {actions}
      </div>
    </div>
  )
}

/** Heads a printed page: institution, what it is, when it was made. */
export function PrintHeader({ title, lines }: { title: string; lines: ReactNode[] }) {
  return (
    <div className={styles.printHeader} data-print-only>
      <Logo />
      <div>
        <strong>{title}</strong>
        {lines.map((line, index) => (
          <div key={index}>{line}</div>
        ))}
      </div>
    </div>
  )
}
