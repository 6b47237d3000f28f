import { useFormats, useT } from '@minga/i18n'
import { Columns, PageHeader, Stack } from '@minga/ui'
import { useMay, useMe, useOwnBranch } from '../app/me'
import { ApprovalsCard } from './approvals-card'
import { DayCards } from './day-cards'
import { QuickActions } from './quick-actions'
import { RunCard } from './run-card'

/** The day at a glance: what is held, what moved, whether the day closed, what waits for somebody. */
export default function HomePage() {
  const t = useT()
  const formats = useFormats()
  const may = useMay()
  const { user } = useMe()
  const branch = useOwnBranch()
  const first = user.name.split(' ')[0] ?? user.name
  return (
    <Stack>
      <PageHeader
        title={t('admin.home.hello', { name: first })}
        subtitle={
          branch &&
          t('admin.home.day', {
            branch: branch.name,
            date: formats.date(branch.business_date, 'weekday'),
          })
        }
      />
      <QuickActions />
      {may('accounting.read_ledger') && branch && <DayCards date={branch.business_date} />}
      <Columns least={360}>
        {may('platform.read_closing') && <RunCard />}
        <ApprovalsCard />
      </Columns>
    </Stack>
  )
}
