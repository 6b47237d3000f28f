import { useT } from '@minga/i18n'
import { OWN_TERMS, type OwnTermTermsProps } from '@minga/simulators'
import { DateField } from '@minga/ui'
import { useMemo } from 'react'
import { useMay } from '../app/me'
import { OwnTerms } from '../deposits/own-terms'
import type { Body } from '../platform/parameters/form/body'
import { DecimalField } from '../platform/parameters/form/decimal-field'
import styles from './deposit-terms.module.css'
import { OwnDepositTerms } from './own-deposit-terms'
import { PLAN_KIND } from './term-fields'

const PERCENT = '%'

/** What staff set beside the product: its terms for this once, or every term where there is no product. */
export function DepositTerms(props: OwnTermTermsProps) {
  return props.product.code === OWN_TERMS ? (
    <>
      <OpenedOn {...props} />
      <OwnDepositTerms {...props} />
    </>
  ) : (
    <ProductTerms {...props} />
  )
}

function OpenedOn({ ask, onChange, messageFor }: OwnTermTermsProps) {
  const t = useT()
  return (
    <DateField
      label={t('admin.simulate.opened_on')}
      optional
      value={ask.openedOn}
      error={messageFor('opening_date')}
      onChange={(openedOn) => onChange({ openedOn })}
    />
  )
}

/** A rate, an opening day and terms of the plan that staff set for one simulation. */
function ProductTerms(props: OwnTermTermsProps) {
  const { product, ask, onChange, messageFor } = props
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
        <OpenedOn {...props} />
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
