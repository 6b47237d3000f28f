import { isNegative, useFormats, useT } from '@minga/i18n'
import {
  Button,
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
import { useState, type ReactNode } from 'react'
import { Link, useParams } from 'react-router'
import { Asked } from '../app/asked'
import { trimmed } from '../app/exact'
import { Facts } from '../app/facts'
import { useMay } from '../app/me'
import { Tabs, type Tab } from '../app/tabs'
import { AccountPartiesTab } from '../parties/account-parties-tab'
import { AccountState } from './account-state'
import { useAccount, type Account } from './accounts'
import { CautionBanner } from './cautions-card'
import { ChargesTab } from './charges-tab'
import { ChequesTab } from './cheques-tab'
import { ClosureDialog } from './closure-dialog'
import { HoldsTab } from './holds-tab'
import { InterestTab } from './interest-tab'
import { MovementsTab } from './movements-tab'
import { hasOverdraft, OverdraftTab } from './overdraft-tab'
import { ScheduledTab } from './scheduled-tab'
import { termOf } from './services'
import { ServicingTab } from './servicing-tab'
import { useStatusCodes } from './statuses'
import { TermsTab } from './terms-tab'
import { Uncleared } from './uncleared'

/** Everything of an account: balances, movements, terms, holds, interest day by day. */
export default function AccountPage() {
  const { id = '' } = useParams()
  const account = useAccount(id)
  return <Asked query={account}>{(found) => <Shown account={found} />}</Asked>
}

/** The parts of an account; those of overdrafts and cheques only where the account's terms have them. */
function usePartsOf(account: Account): Tab[] {
  const t = useT()
  const may = useMay()
  const parts: [string, (props: { account: Account }) => ReactNode, boolean][] = [
    ['movements', MovementsTab, true],
    ['servicing', ServicingTab, true],
    ['terms', TermsTab, true],
    ['parties', AccountPartiesTab, may('parties.read')],
    ['holds', HoldsTab, true],
    ['interest', InterestTab, true],
    ['overdraft', OverdraftTab, hasOverdraft(account) || may('deposits.set_overdraft_limits')],
    ['charges', ChargesTab, true],
    ['cheques', ChequesTab, termOf(account, 'allows_cheques') === true],
    ['scheduled', ScheduledTab, true],
  ]
  return parts
    .filter(([, , shown]) => shown)
    .map(([id, Part]) => ({
      id,
      label: t(`admin.account.${id}`),
      content: () => <Part account={account} />,
    }))
}

function Shown({ account }: { account: Account }) {
  const t = useT()
  const parts = usePartsOf(account)
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
      <CautionBanner account={account} />
      <Balances account={account} />
      <Tabs label={t('admin.account.parts')} tabs={parts} />
    </Stack>
  )
}

function Actions({ account }: { account: Account }) {
  const t = useT()
  const may = useMay()
  const [closing, setClosing] = useState(false)
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
      {may('deposits.close_account') && (
        <Button icon="lock" onClick={() => setClosing(true)}>
          {t('admin.closure.title')}
        </Button>
      )}
      {closing && <ClosureDialog account={account} onClose={() => setClosing(false)} />}
    </>
  )
}

function Balances({ account }: { account: Account }) {
  const t = useT()
  const formats = useFormats()
  const status = useStatusCodes().data?.find(({ code }) => code === account.status)
  const statusName = status ? `${status.code} · ${status.name}` : account.status
  const accrued = `${formats.number(trimmed(account.accrued_interest))} ${account.currency}`
  return (
    <Card>
      <Stack gap={4}>
        <Stats>
          <Stat label={t('admin.account.ledger')} value={<Money value={account.ledger} />} />
          <Stat
            label={t('admin.account.available')}
            value={<Money value={account.available} />}
            tone={isNegative(account.available.amount) ? 'bad' : 'good'}
          />
          <Stat label={t('admin.account.held')} value={<Money value={account.held} />} />
          <Stat
            label={t('admin.account.accrued')}
            value={accrued}
            note={t('admin.account.accrued_note')}
          />
        </Stats>
        <Uncleared account={account.id} />
        <Facts
          columns={2}
          facts={[
            [t('admin.account.plan'), `${account.plan} · ${account.plan_name}`],
            [t('admin.branch'), account.branch],
            [t('admin.account.opened_on'), <DateText key="opened" value={account.opened_on} />],
            [t('admin.account.status'), statusName],
            ...Object.entries(account.user_fields).map(([name, value]) => [name, value] as const),
          ]}
        />
      </Stack>
    </Card>
  )
}
