import { TermSimulator } from '@minga/simulators'
import { Simulators } from '../app/simulators'
import { DepositTerms } from './deposit-terms'

/** Any term deposit on paper: of a product, with the terms that the officer sets. */
export default function SimulatePage() {
  return (
    <Simulators path="/term-deposits/simulate">
      <TermSimulator
        formats={['pdf', 'xlsx', 'csv']}
        ownTerms={(props) => <DepositTerms {...props} />}
      />
    </Simulators>
  )
}
