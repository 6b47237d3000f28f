import { useT } from '@minga/i18n'
import { CheckField, Notice } from '@minga/ui'
import type { Caution } from './codes'
import styles from './desk.module.css'

type CautionNoticeProps = {
  cautions: readonly Caution[]
  /** Ids of those that have been read. */
  read: readonly string[]
  onRead: (read: string[]) => void
  error: string | null | undefined
}

/** What whoever serves an account has to know before money moves; each is acknowledged. */
export function CautionNotice({ cautions, read, onRead, error }: CautionNoticeProps) {
  const t = useT()
  if (cautions.length === 0) return null
  return (
    <Notice tone="warn">
      <fieldset className={styles.cautions} aria-invalid={error ? true : undefined}>
        <legend>{t('admin.cautions.before')}</legend>
        {cautions.map(({ id, text }) => (
          <CheckField
            key={id}
            label={text}
            hint={t('admin.cautions.read')}
            checked={read.includes(id)}
            onChange={(yes) => onRead(yes ? [...read, id] : read.filter((one) => one !== id))}
          />
        ))}
        {error && (
          <p role="alert" className={styles.error}>
            {error}
          </p>
        )}
      </fieldset>
    </Notice>
  )
}
