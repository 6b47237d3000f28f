import { useFormats, useLanguage, useT } from '@minga/i18n'
import { Badge, Card, DataTable, type Column } from '@minga/ui'
import { useWords } from '../app/values'
import type { Account } from './accounts'

type Term = Account['terms'][number]

const KIND = 'deposits.plan'
const DECIMAL = /^-?\d+\.\d+$/

/** Every inheritable term of an account and whether it is the plan's or the account's own. */
export function TermsTab({ account }: { account: Account }) {
  const t = useT()
  const name = useTermNames()
  const columns: Column<Term>[] = [
    { id: 'term', header: t('admin.terms.term'), value: (term) => name.label(term.field) },
    {
      id: 'value',
      header: t('admin.terms.value'),
      cell: (term) => name.value(term, account.currency),
    },
    {
      id: 'source',
      header: t('admin.terms.source'),
      value: (term) => term.source,
      cell: (term) => (
        <Badge tone={term.source === 'account' ? 'brand' : 'plain'}>
          {t(`admin.terms.source.${term.source}`)}
        </Badge>
      ),
    },
  ]
  return (
    <Card flush>
      <DataTable
        caption={t('admin.account.terms')}
        columns={columns}
        rows={account.terms}
        rowId={(term) => term.field}
        initialSort={{ id: 'source' }}
      />
    </Card>
  )
}

/** The bank's words for the terms of a plan and for their values. */
export function useTermNames() {
  const t = useT()
  const formats = useFormats()
  const { current } = useLanguage()
  const words = useWords(`fields.${KIND}.`, current).data ?? {}
  const label = (field: string) => words[`fields.${KIND}.${field}.label`] ?? field
  const value = (
    { field, value: held }: Pick<Term, 'field' | 'value'>,
    currency: string,
  ): string => {
    if (held === null || held === undefined || held === '') return t('admin.blank')
    if (typeof held === 'boolean') return t(held ? 'admin.yes' : 'admin.no')
    if (Array.isArray(held)) return held.length === 0 ? t('admin.blank') : JSON.stringify(held)
    if (typeof held === 'object') return JSON.stringify(held)
    const text = String(held)
    const option = words[`fields.${KIND}.${field}.options.${text}`]
    if (option !== undefined) return option
    if (/(rate|spread|pct)$/.test(field)) return `${formats.number(text)} %`
    if (/minimum/.test(field) && /^\d/.test(text)) return formats.money({ amount: text, currency })
    return DECIMAL.test(text) ? formats.number(text) : text
  }
  return { label, value }
}
