import { useT } from '@minga/i18n'
import type { OwnTermTermsProps } from '@minga/simulators'
import { DateField } from '@minga/ui'
import { useMemo } from 'react'
import { useMay } from '../app/me'
import { OwnTerms } from '../deposits/own-terms'
import type { Body } from '../platform/parameters/form/body'
import { DecimalField } from '../platform/parameters/form/decimal-field'
import styles from './deposit-terms.module.css'

const PLAN_KIND = 'term_deposits.plan'
const PERCENT = '%'

/** A rate, an opening day and terms of the plan that staff set for one simulation. */
export function DepositTerms({ product, ask, onChange, messageFor }: OwnTermTermsProps) {
  const t = useT()
  const may = useMay()
  const terms = (product as { terms?: Body }).terms
  const overrides = useMemo(
    () => (ask.terms === '' ? {} : (JSON.parse(ask.terms) as Body)),
    [ask.terms],
  )
  const plan = useMemo(
    () => ({
      code: product.code,
      name: product.name,
      description: product.description,
      body: { ...terms, currency: product.currency },
    }),
    [product, terms],
  )
  return (
    <>
      <div className={styles.pair}>
        <DecimalField
          label={t('admin.simulate.own_rate')}
          optional
          hint={t('admin.simulate.own_rate_hint')}
          suffix={PERCENT}
          value={ask.rate}
          error={messageFor('rate')}
          onChange={(rate) => onChange({ rate })}
        />
        <DateField
          label={t('admin.simulate.opened_on')}
          optional
          value={ask.openedOn}
          error={messageFor('opening_date')}
          onChange={(openedOn) => onChange({ openedOn })}
        />
      </div>
      {terms && may('platform.read_parameters', 'term_deposits.simulate') && (
        <OwnTerms
          key={product.code}
          kind={PLAN_KIND}
          plan={plan}
          overrides={overrides}
          onChange={(body) =>
            onChange({ terms: Object.keys(body).length > 0 ? JSON.stringify(body) : '' })
          }
          errorAt={(path) => messageFor(`overrides.${path}`)}
        />
      )}
    </>
  )
}
