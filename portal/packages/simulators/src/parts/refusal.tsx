import { ApiProblem } from '@minga/api-client'
import { useT } from '@minga/i18n'
import { Notice } from '@minga/ui'

/** The bank's message for each field of the request; `whole`: or else for a part of it. */
export function messagesOf(error: unknown) {
  return (field: string, whole = true): string | undefined => {
    if (!(error instanceof ApiProblem)) return undefined
    const inner = whole
      ? error.fieldErrors.find((row) => row.field.startsWith(`${field}.`))?.message
      : undefined
    return error.messageFor(field) ?? inner
  }
}
export type MessageFor = ReturnType<typeof messagesOf>

type RefusalProps = {
  error: unknown
  /** Whether a field of the form says what is wrong with it. */
  says: (field: string) => boolean
}

/** Why nothing was projected, where no field says it. */
export function Refusal({ error, says }: RefusalProps) {
  const t = useT()
  if (error === null || error === undefined) return null
  if (!(error instanceof ApiProblem))
    return <Notice tone="warn">{t('ui.error.offline_text')}</Notice>
  const unsaid = error.fieldErrors.filter(({ field }) => !says(field))
  if (error.field !== null && says(error.field) && unsaid.length === 0) return null
  const rows = unsaid.map(({ field, message }) => `${field}: ${message}`)
  return <Notice tone="bad">{[error.detail || error.title, ...rows].join(' ')}</Notice>
}

/** Says of a field whether it is, or is part of, one of these. */
export const partOf = (fields: ReadonlySet<string>) => (field: string) =>
  fields.has(field.split('.')[0] ?? '')
