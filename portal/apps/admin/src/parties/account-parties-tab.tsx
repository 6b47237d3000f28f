import { useFormats, useT } from '@minga/i18n'
import { Badge, Button, Card, DataTable, DateText, Money, Stack, type Column } from '@minga/ui'
import { useState } from 'react'
import { Link } from 'react-router'
import { Asked } from '../app/asked'
import { trimmed } from '../app/exact'
import { useMay } from '../app/me'
import { useAccountParties, type AccountParty } from './account-parties'
import { AccountPartiesDialog } from './account-parties-dialog'

type TabProps = { account: { id: string; state: string } }

/** Who has a part in an account: owners with their shares, signers, beneficiaries, and those who had one. */
export function AccountPartiesTab({ account }: TabProps) {
  const t = useT()
  const may = useMay()
  const parties = useAccountParties(account.id)
  const [changing, setChanging] = useState(false)
  const columns = usePartColumns()
  const shownOf = (...left: string[]) => columns.filter(({ id }) => !left.includes(id))
  return (
    <Asked query={parties}>
      {(found) => (
        <Stack>
          <Card
            title={t('admin.account_parties.now')}
            flush
            action={
              may('parties.maintain') &&
              account.state !== 'closed' && (
                <Button size="sm" icon="edit" onClick={() => setChanging(true)}>
                  {t('admin.account_parties.change')}
                </Button>
              )
            }
          >
            <DataTable
              caption={t('admin.account_parties.now')}
              columns={shownOf('ended')}
              rows={found.items}
              rowId={(part) => `${part.party_id} ${part.role}`}
            />
          </Card>
          {found.former.length > 0 && (
            <Card title={t('admin.account_parties.former')} flush>
              <DataTable
                caption={t('admin.account_parties.former')}
                columns={shownOf('share', 'line')}
                rows={found.former}
                rowId={(part) => `${part.party_id} ${part.role} ${part.since}`}
              />
            </Card>
          )}
          {changing && <AccountPartiesDialog parties={found} onClose={() => setChanging(false)} />}
        </Stack>
      )}
    </Asked>
  )
}

function usePartColumns(): Column<AccountParty>[] {
  const t = useT()
  const formats = useFormats()
  return [
    {
      id: 'name',
      header: t('admin.account_parties.party'),
      value: (part) => part.name,
      cell: (part) => <Link to={`/parties/${part.party_id}`}>{part.name}</Link>,
    },
    {
      id: 'role',
      header: t('admin.account_parties.role'),
      value: (part) => part.role_name,
      cell: (part) => <Badge tone={part.owner ? 'brand' : 'plain'}>{part.role_name}</Badge>,
    },
    {
      id: 'pct',
      header: t('admin.account_parties.share'),
      type: 'number',
      cell: (part) =>
        part.ownership_pct === null ? '' : `${formats.number(trimmed(part.ownership_pct))} %`,
    },
    {
      id: 'share',
      header: t('admin.account_parties.of_balance'),
      type: 'amount',
      cell: (part) => part.share && <Money value={part.share} />,
    },
    {
      id: 'line',
      header: t('admin.account_parties.line'),
      type: 'number',
      cell: (part) => part.mailing_line ?? '',
      wideOnly: true,
    },
    {
      id: 'since',
      header: t('admin.account_parties.since'),
      cell: (part) => <DateText value={part.since} />,
    },
    {
      id: 'ended',
      header: t('admin.account_parties.ended'),
      cell: (part) => part.ended_on && <DateText value={part.ended_on} />,
    },
  ]
}
