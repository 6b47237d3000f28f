import { useT } from '@minga/i18n'
import { ownTermProduct, TermSimulator } from '@minga/simulators'
import { useMemo } from 'react'
import { useProfile } from '../app/context'
import { Simulators } from '../app/simulators'
import { DepositTerms } from './deposit-terms'
import { shows } from './term-fields'

/** Any term deposit on paper: of a product, with the terms that the officer sets, or by terms of their own. */
export default function SimulatePage() {
  const t = useT()
  const { tenant } = useProfile()
  const own = useMemo(
    () => ownTermProduct(tenant.currency, t('admin.simulate.own')),
    [tenant.currency, t],
  )
  return (
    <Simulators path="/term-deposits/simulate">
      <TermSimulator
        formats={['pdf', 'xlsx', 'csv']}
        ownProduct={own}
        ownTerms={(props) => <DepositTerms {...props} />}
        ownTermsSay={shows}
      />
    </Simulators>
  )
}
