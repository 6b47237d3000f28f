import { useT } from '@minga/i18n'
import { LoanSimulator } from '@minga/simulators'
import { Simulators } from './simulators'

export default function LoanPage() {
  const t = useT()
  return (
    <Simulators path="/simulate/loan">
      <LoanSimulator back={{ to: '/simulate', label: t('member.simulate.back') }} />
    </Simulators>
  )
}
