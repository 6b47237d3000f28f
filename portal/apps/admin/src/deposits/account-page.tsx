import { useFormats, useT } from '@minga/i18n'
import {
  ButtonLink,
  Card,
  DateText,
  Money,
  PageHeader,
  PrintHeader,
  Row,
  Stack,
  Stat,
  Stats,
} from '@minga/ui'
import { Link, useParams } from 'react-router'
import { Asked } from '../app/asked'
import { trimmed } from '../app/exact'
import { Facts } from '../app/facts'
import { useMay } from '../app/me'
import { Tabs } from '../app/tabs'
import { AccountState } from './account-state'
import { useAccount, type Account } from './accounts'
import { HoldsTab } from './holds-tab'
import { InterestTab } from './interest-tab'
import { MovementsTab } from './movements-tab'
import { TermsTab } from './terms-tab'

/** Everything of an account: balances, movements, terms, holds, interest day by day. */
export default function AccountPage() {
  const { id = '' } = useParams()
  const account = useAccount(id)
  return <Asked query={account}>{(found) => <Shown account={found} />}</Asked>
}

function Shown({ account }: { account: Account }) {
  const t = useT()
  return (
    <Stack>
      <PrintHeader
        title={t('admin.account.number', { number: account.number })}
        lines={[account.holder, account.plan_name]}
      />
      <PageHeader
        title={account.number}
        subtitle={
          <Row>
            <Link to={`/parties/${account.party_id}`}>{account.holder}</Link>
            <AccountState state={account.state} />
          </Row>
        }
        back={{ to: `/parties/${account.party_id}?tab=products`, label: t('admin.account.back') }}
        actions={<Actions account={account} />}
      />
      <Balances account={account} />
      <Tabs
        label={t('admin.account.parts')}
        tabs={[
          {
            id: 'movements',
            label: t('admin.account.movements'),
            content: () => <MovementsTab account={account} />,
          },
          {
            id: 'terms',
            label: t('admin.account.terms'),
            content: () => <TermsTab account={account} />,
          },
          {
            id: 'holds',
            label: t('admin.account.holds'),
            content: () => <HoldsTab account={account} />,
          },
          {
            id: 'interest',
            label: t('admin.account.interest'),
            content: () => <InterestTab account={account} />,
          },
        ]}
      />
    </Stack>
  )
}

function Actions({ account }: { account: Account }) {
  const t = useT()
  const may = useMay()
  if (account.state === 'closed') return null
  return (
    <>
      {may('deposits.post_deposit') && (
        <ButtonLink to={`/deposits/deposit?account=${account.id}`} tone="primary" icon="plus">
          {t('admin.desk.deposit')}
        </ButtonLink>
      )}
      {may('deposits.post_withdrawal') && (
        <ButtonLink to={`/deposits/withdraw?account=${account.id}`} icon="coins">
          {t('admin.desk.withdraw')}
        </ButtonLink>
      )}
      {may('deposits.post_transfer') && (
        <ButtonLink to={`/deposits/transfer?account=${account.id}`} icon="transfer">
          {t('admin.desk.transfer')}
        </ButtonLink>
      )}
    </>
  )
}

function Balances({ account }: { account: Account }) {
  const t = useT()
  const formats = useFormats()
  const accrued = `${formats.number(trimmed(account.accrued_interest))} ${account.currency}`
  return (
    <Card>
      <Stack gap={4}>
        <Stats>
          <Stat label={t('admin.account.ledger')} value={<Money value={account.ledger} />} />
          <Stat
            label={t('admin.account.available')}
            value={<Money value={account.available} />}
            tone="good"
          />
          <Stat label={t('admin.account.held')} value={<Money value={account.held} />} />
          <Stat
            label={t('admin.account.accrued')}
            value={accrued}
            note={t('admin.account.accrued_note')}
          />
        </Stats>
        <Facts
          columns={2}
          facts={[
            [t('admin.account.plan'), `${account.plan} · ${account.plan_name}`],
            [t('admin.branch'), account.branch],
            [t('admin.account.opened_on'), <DateText key="opened" value={account.opened_on} />],
            [t('admin.account.status'), account.status],
            ...Object.entries(account.user_fields).map(([name, value]) => [name, value] as const),
          ]}
        />
      </Stack>
    </Card>
  )
}
