import { useT } from '@minga/i18n'
import { Badge } from '@minga/ui'

const TONES: Record<string, 'plain' | 'brand' | 'good' | 'warn' | 'bad'> = {
  applied: 'good',
  authorised: 'brand',
  pending_authorisation: 'warn',
  rejected: 'bad',
  reversed: 'warn',
}

export function VoucherBadge({ state }: { state: string }) {
  const t = useT()
  return <Badge tone={TONES[state] ?? 'plain'}>{t(`admin.voucher.state.${state}`, state)}</Badge>
}
