import { useLanguage, useT } from '@minga/i18n'
import {
  applies,
  termsOf,
  withDefaults,
  type OwnTermTermsProps,
  type Terms,
} from '@minga/simulators'
import { Notice, SelectField } from '@minga/ui'
import { useMemo } from 'react'
import { Asked } from '../app/asked'
import { FoldedPart, FoldedParts } from '../app/folded-parts'
import { useFieldTopic, useWords } from '../app/values'
import { valueAt, withValue, type Body } from '../platform/parameters/form/body'
import { useDescribe } from '../platform/parameters/form/described'
import { DraftContext, type Draft } from '../platform/parameters/form/draft'
import type { Field } from '../platform/parameters/form/fields'
import { FieldGrid } from '../platform/parameters/form/schema-form'
import {
  errorsOf,
  leavesIn,
  partsOf,
  pathIn,
  PLAN_KIND,
  WORDS,
  type TermsPart,
  type Words,
} from './term-fields'

/** Every term of a deposit of no product, by what it is about, beginning from a product's where one wants. */
export function OwnDepositTerms(props: OwnTermTermsProps) {
  const { current } = useLanguage()
  const words = useWords(WORDS, current)
  return <Asked query={words}>{(found) => <Told {...props} words={found} />}</Asked>
}

function Told(props: OwnTermTermsProps & { words: Words }) {
  const { product, products, ask, onChange, messageFor, words } = props
  const t = useT()
  const figures = useFieldTopic(PLAN_KIND, 'withholding.figure').data?.values
  const terms = useMemo(() => (ask.own === '' ? {} : (JSON.parse(ask.own) as Body)), [ask.own])
  const penalty = String(valueAt(terms, ['early_cancellation', 'method']) ?? '')
  const parts = useMemo(
    () => partsOf({ words, figures: figures ?? [], penalty }),
    [words, figures, penalty],
  )
  const errorAt = errorsOf((field) => messageFor(field, false))
  const draft: Draft = {
    body: withDefaults(terms),
    currency: product.currency,
    errorAt,
    change: (path, value) => onChange({ own: JSON.stringify(withValue(terms, path, value)) }),
  }
  const copy = (code: string) => {
    const from = products.find((each) => each.code === code)
    if (from) onChange({ own: termsOf(from), payment: from.payments[0] ?? ask.payment })
  }
  return (
    <DraftContext value={draft}>
      {products.length > 0 && (
        <SelectField
          label={t('admin.simulate.copy_terms')}
          optional
          hint={t('admin.simulate.copy_terms_hint')}
          placeholder={t('admin.choose')}
          value=""
          options={products.map(({ code, name }) => ({ value: code, label: name }))}
          onChange={(event) => copy(event.currentTarget.value)}
        />
      )}
      <FoldedParts roomy>
        {parts.map((part) => (
          <Part key={part.name} part={part} payment={ask.payment} draft={draft} words={words} />
        ))}
      </FoldedParts>
    </DraftContext>
  )
}

type PartProps = { part: TermsPart; payment: string; draft: Draft; words: Words }

function Part({ part, payment, draft, words }: PartProps) {
  const t = useT()
  const { body, errorAt } = draft
  const fields = part.fields.filter((field) => applies(pathIn(part, field), body as Terms, payment))
  const whole = part.group === undefined ? undefined : errorAt(part.group)
  const wrong = whole !== undefined || leavesIn(part, body).some((path) => errorAt(path))
  return (
    <FoldedPart
      title={words[`${WORDS}${part.name}.label`] ?? t(`admin.simulate.part.${part.name}`)}
      digest={useDigest(part, fields, draft)}
      open={part.name === 'deposit_rate' || wrong}
      bare={part.fields.length === 1}
    >
      {whole && (
        <div>
          <Notice tone="bad">{whole}</Notice>
        </div>
      )}
      <FieldGrid fields={fields} path={part.group === undefined ? [] : [part.group]} />
    </FoldedPart>
  )
}

/** What holds in a part, in a line. */
function useDigest(part: TermsPart, fields: readonly Field[], { body, currency }: Draft): string {
  const t = useT()
  const describe = useDescribe(currency)
  if (part.name === 'rates') {
    const rows = Array.isArray(body.rates) ? body.rates.length : 0
    return rows === 0 ? t('admin.simulate.no_table') : t('admin.simulate.rows', { count: rows })
  }
  const told = fields.flatMap((field) => {
    const value = valueAt(body, pathIn(part, field).split('.'))
    const text = part.digest.includes(field.name) ? describe(field, value) : ''
    // What is allowed goes without saying.
    if (text === '' || value === true) return []
    return [
      part.labelled?.includes(field.name) || value === false ? `${field.label}: ${text}` : text,
    ]
  })
  return told.join(' · ')
}
