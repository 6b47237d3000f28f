import { ApiProblem, NetworkProblem } from '@minga/api-client'
import { useT } from '@minga/i18n'
import { Notice } from '@minga/ui'
import { WaitsForApproval } from './answers'
import styles from './problem-notice.module.css'

type ProblemNoticeProps = { error: unknown; fields?: readonly string[] | undefined }

/** Why something was not done. What a field already says is not said again. */
export function ProblemNotice({ error, fields = [] }: ProblemNoticeProps) {
  const t = useT()
  if (error === null || error === undefined) return null
  if (error instanceof NetworkProblem)
    return <Notice tone="warn">{t('ui.error.offline_text')}</Notice>
  if (error instanceof WaitsForApproval)
    return <Notice>{t('admin.waits.text', { id: error.pending.id })}</Notice>
  if (!(error instanceof ApiProblem)) return <Notice tone="bad">{t('ui.error.text')}</Notice>
  const elsewhere = error.fieldErrors.filter((row) => !fields.includes(row.field))
  const shown = error.field !== null && fields.includes(error.field) && elsewhere.length === 0
  return (
    <Notice tone="bad">
      <strong className={styles.title}>{error.title || t('ui.error.text')}</strong>
      {shown || error.detail === error.title ? null : <span>{error.detail}</span>}
      {elsewhere.length > 0 && (
        <ul className={styles.rows}>
          {elsewhere.slice(0, 12).map((row) => (
            <li key={`${row.field}${row.code}`}>
              <code>{row.field}</code> {row.message}
            </li>
          ))}
        </ul>
      )}
      {error.remedy && <span className={styles.remedy}>{error.remedy}</span>}
      {error.requestId && (
        <small className={styles.reference}>
          {t('ui.error.reference', { id: error.requestId })}
        </small>
      )}
    </Notice>
  )
}

/** The API's message for each field of a form. */
export function messagesOf(error: unknown) {
  return (field: string): string | undefined =>
    error instanceof ApiProblem ? error.messageFor(field) : undefined
}
