import { useFormats } from '@minga/i18n'
import styles from './progress.module.css'

export type ProgressBarProps = {
  label: string
  done: number
  /** Zero or less shows work of unknown length. */
  total: number
  /** Replaces the percentage, e.g. "3 of 12 branches". */
  caption?: string
  tone?: 'brand' | 'good' | 'bad'
}

export function ProgressBar({ label, done, total, caption, tone = 'brand' }: ProgressBarProps) {
  const formats = useFormats()
  const share = total > 0 ? Math.min(1, Math.max(0, done / total)) : null
  return (
    <div className={styles.progress}>
      <div className={styles.text}>
        <span>{label}</span>
        <span className={styles.figure}>
          {caption ?? (share !== null && formats.percent(share))}
        </span>
      </div>
      <div
        className={styles.track}
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={share === null ? undefined : Math.round(share * 100)}
        data-unknown={share === null || undefined}
      >
        <div
          className={styles.bar}
          data-tone={tone}
          style={{ transform: `scaleX(${share ?? 0.3})` }}
        />
      </div>
    </div>
  )
}
