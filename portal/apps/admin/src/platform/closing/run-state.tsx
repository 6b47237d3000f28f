import { useT } from '@minga/i18n'
import { Badge } from '@minga/ui'

const TONES: Record<string, 'plain' | 'brand' | 'good' | 'warn' | 'bad'> = {
  running: 'brand',
  completed: 'good',
  failed: 'bad',
  skipped: 'warn',
}

/** The state of a run or of one of its steps, in a word. */
export function RunState({ state }: { state: string }) {
  const t = useT()
  return <Badge tone={TONES[state] ?? 'plain'}>{t(`admin.closing.state.${state}`, state)}</Badge>
}
