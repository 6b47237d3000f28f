import { Stack } from '@minga/ui'
import type { Account } from './accounts'
import { CautionsCard } from './cautions-card'
import { StatusCard } from './status-card'
import { UpkeepCard } from './upkeep-card'

/** What people do to an account itself: its status, what it warns of, the data they keep. */
export function ServicingTab({ account }: { account: Account }) {
  return (
    <Stack>
      <StatusCard account={account} />
      <CautionsCard account={account} />
      <UpkeepCard account={account} />
    </Stack>
  )
}
