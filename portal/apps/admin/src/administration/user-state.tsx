import { useT } from '@minga/i18n'
import { Badge } from '@minga/ui'

const TONES: Record<string, 'good' | 'bad' | 'plain'> = { active: 'good', blocked: 'bad' }

export function UserState({ state }: { state: string }) {
  const t = useT()
  return <Badge tone={TONES[state] ?? 'plain'}>{t(`admin.users.state.${state}`, state)}</Badge>
}
