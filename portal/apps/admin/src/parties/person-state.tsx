import { useT } from '@minga/i18n'
import { Badge } from '@minga/ui'

const TONES: Record<string, 'good' | 'warn' | 'bad' | 'plain'> = {
  active: 'good',
  blocked: 'bad',
  inactive: 'warn',
}

export function PersonState({ state }: { state: string }) {
  const t = useT()
  return <Badge tone={TONES[state] ?? 'plain'}>{t(`admin.person.state.${state}`, state)}</Badge>
}
