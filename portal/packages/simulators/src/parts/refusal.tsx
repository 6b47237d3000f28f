import { ApiProblem } from '@minga/api-client'
import { useT } from '@minga/i18n'
import { Notice } from '@minga/ui'

/** The bank's message for each field of the request. */
export function messagesOf(error: unknown) {
  return (field: string): string | undefined =>
    error instanceof ApiProblem
      ? (error.messageFor(field) ??
        error.fieldErrors.find((row) => row.field.startsWith(`${field}.`))?.message)
      : undefined
}

type RefusalProps = { error: unknown; fields: ReadonlySet<string> }

/** Why nothing was projected, where no field says it. */
export function Refusal({ error, fields }: RefusalProps) {
  const t = useT()
  if (error === null || error === undefined) return null
  if (!(error instanceof ApiProblem))
    return <Notice tone="warn">{t('ui.error.offline_text')}</Notice>
  const said = error.field !== null && fields.has(error.field.split('.')[0] ?? '')
  if (said) return null
  const rows = error.fieldErrors.map(({ field, message }) => `${field}: ${message}`)
  return <Notice tone="bad">{[error.detail || error.title, ...rows].join(' ')}</Notice>
}
