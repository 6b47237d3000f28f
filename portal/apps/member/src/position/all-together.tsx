import type { Model } from '@minga/api-client'
import { useT } from '@minga/i18n'
import { Card, Money, Stat, Stats } from '@minga/ui'

/** The net of all currencies in the base one, for whoever has more than one. */
export function AllTogether({ position }: { position: Model<'PositionView'> }) {
  const t = useT()
  const net = position.base_total?.net
  if (position.totals.length < 2 || net === undefined) return null
  return (
    <Card>
      <Stats>
        <Stat
          label={t('member.position.all_together')}
          value={<Money value={net} currency="code" />}
          note={t('member.position.official_rate')}
        />
      </Stats>
    </Card>
  )
}
