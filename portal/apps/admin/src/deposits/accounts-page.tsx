import { useT } from '@minga/i18n'
import { Card, PageHeader, Stack } from '@minga/ui'
import { useNavigate } from 'react-router'
import { AccountFinder } from './account-finder'

/** The way to an account: its number, or whoever holds it. */
export default function AccountsPage() {
  const t = useT()
  const navigate = useNavigate()
  return (
    <Stack>
      <PageHeader title={t('admin.accounts.title')} subtitle={t('admin.accounts.text')} />
      <Card>
        <AccountFinder
          label={t('admin.accounts.seek')}
          autoFocus
          onChoose={(account) => void navigate(`/deposits/accounts/${account.id}`)}
        />
      </Card>
    </Stack>
  )
}
