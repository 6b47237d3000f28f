import { useT } from '@minga/i18n'
import { Badge } from '@minga/ui'

const TONES: Record<string, 'plain' | 'brand' | 'good' | 'warn' | 'bad'> = {
  approved: 'brand',
  effective: 'good',
  pending_approval: 'warn',
  rejected: 'bad',
}

/** The state of a parameter version or of a request for approval, in a word. */
export function StateBadge({ state }: { state: string }) {
  const t = useT()
  return <Badge tone={TONES[state] ?? 'plain'}>{t(`admin.version.state.${state}`, state)}</Badge>
}

type UnverifiedProps = {
  version: { unverified: boolean; confidence: string; sources: string[] }
  /** With its source and how sure it is. */
  whole?: boolean
}

/** Marks what came with the country's defaults and nobody of the cooperative has confirmed yet. */
export function Unverified({ version, whole = false }: UnverifiedProps) {
  const t = useT()
  if (!version.unverified) return null
  const badge = <Badge tone="warn">{t('admin.version.to_confirm')}</Badge>
  if (!whole) return badge
  return (
    <div>
      {badge}{' '}
      {version.confidence && (
        <span>
          {t('admin.version.confidence', {
            confidence: t(`admin.version.confidence.${version.confidence}`, version.confidence),
          })}
        </span>
      )}
      <ul>
        {version.sources.map((source) => (
          <li key={source}>{t('admin.version.source', { source })}</li>
        ))}
      </ul>
    </div>
  )
}
