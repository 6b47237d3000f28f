import styles from './brand.module.css'

/** Three hands' worth of steps meeting in a stepped cross: people working together. */
export function Mark({ size = 36 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 36 36" aria-hidden="true" className={styles.mark}>
      <rect width="36" height="36" rx="10" className={styles.markGround} />
      <path
        className={styles.markSign}
        d="M14 7h8v4h4v3h3v8h-3v3h-4v4h-8v-4h-4v-3H7v-8h3v-3h4V7Z M18 13.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4Z"
        fillRule="evenodd"
      />
    </svg>
  )
}
