import { useT } from '@minga/i18n'
import { Badge } from '@minga/ui'

const TONES: Record<string, 'good' | 'warn' | 'bad' | 'plain'> = {
  active: 'good',
  open: 'good',
  blocked: 'bad',
  frozen: 'bad',
  inactive: 'warn',
  dormant: 'warn',
}

export function AccountState({ state }: { state: string }) {
  const t = useT()
  return <Badge tone={TONES[state] ?? 'plain'}>{t(`admin.account.state.${state}`, state)}</Badge>
}
