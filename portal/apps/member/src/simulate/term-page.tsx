import { useT } from '@minga/i18n'
import { TermSimulator } from '@minga/simulators'
import { Simulators } from './simulators'

export default function TermPage() {
  const t = useT()
  return (
    <Simulators path="/simulate/term-deposit">
      <TermSimulator back={{ to: '/simulate', label: t('member.simulate.back') }} />
    </Simulators>
  )
}
