import type { ReactNode } from 'react'
import styles from './parts.module.css'

type HeadlineProps = { label: string; figure: ReactNode; detail: ReactNode }

/** The figure that people came for. */
export function Headline({ label, figure, detail }: HeadlineProps) {
  return (
    <div className={styles.headline}>
      <span className={styles.headlineLabel}>{label}</span>
      <strong className={styles.headlineFigure}>{figure}</strong>
      <span className={styles.headlineDetail}>{detail}</span>
    </div>
  )
}
