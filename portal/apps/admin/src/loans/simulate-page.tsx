import { useT } from '@minga/i18n'
import { LoanSimulator, ownTermsProduct } from '@minga/simulators'
import { useMemo } from 'react'
import { useProfile } from '../app/context'
import { Simulators } from '../app/simulators'
import { LoanTerms } from './loan-terms'

/** Any loan on paper: of a product, or by terms that the officer sets. */
export default function SimulatePage() {
  const t = useT()
  const { tenant } = useProfile()
  const own = useMemo(
    () =>
      ownTermsProduct(tenant.currency, t('admin.simulate.own'), (frequency) =>
        t(`admin.simulate.frequency.${frequency}`),
      ),
    [tenant, t],
  )
  return (
    <Simulators path="/loans/simulate">
      <LoanSimulator
        formats={['pdf', 'xlsx', 'csv']}
        ownProduct={own}
        ownTerms={(props) => <LoanTerms {...props} />}
      />
    </Simulators>
  )
}
