import { useT } from '@minga/i18n'
import type { OwnTermsProps } from '@minga/simulators'
import { DateField } from '@minga/ui'
import { useMemo } from 'react'
import { FoldedPart, FoldedParts } from '../app/folded-parts'
import { withValue, type Body } from '../platform/parameters/form/body'
import { DraftContext, type Draft } from '../platform/parameters/form/draft'
import { FieldGrid } from '../platform/parameters/form/schema-form'
import { partsOf } from './term-fields'

/** Every parameter of a loan that staff may set, by what it is about. */
export function LoanTerms({ product, ask, onChange, messageFor }: OwnTermsProps) {
  const t = useT()
  const parts = useMemo(() => partsOf(t), [t])
  const body = useMemo(() => (ask.terms === '' ? {} : (JSON.parse(ask.terms) as Body)), [ask.terms])
  const draft = useMemo<Draft>(
    () => ({
      body,
      currency: product.currency,
      errorAt: messageFor,
      change: (path, value) => onChange({ terms: JSON.stringify(withValue(body, path, value)) }),
    }),
    [body, product.currency, messageFor, onChange],
  )
  const terms = body.terms as Body | undefined
  const given = (names: string[], inTerms: boolean) =>
    names.some((name) => (inTerms ? terms : body)?.[name] !== undefined)
  return (
    <DraftContext value={draft}>
      <DateField
        label={t('admin.simulate.disbursed_on')}
        optional
        value={ask.disbursedOn}
        error={messageFor('disbursed_on')}
        onChange={(disbursedOn) => onChange({ disbursedOn })}
      />
      <FoldedParts>
        {parts.map(({ name, fields, inTerms, open }) => (
          <FoldedPart
            key={name}
            title={t(`admin.simulate.part.${name}`)}
            open={
              (open && product.methods.length === 0) ||
              given(
                fields.map((field) => field.name),
                inTerms,
              )
            }
          >
            <FieldGrid fields={fields} path={inTerms ? ['terms'] : []} />
          </FoldedPart>
        ))}
      </FoldedParts>
    </DraftContext>
  )
}
