import { useT } from '@minga/i18n'
import {
  Badge,
  Card,
  CheckField,
  DataTable,
  EmptyState,
  PageHeader,
  Stack,
  TextField,
  type Column,
} from '@minga/ui'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { Asked } from '../app/asked'
import { useLater } from '../app/use-later'
import styles from './accounting.module.css'
import { useChart, type LedgerAccount } from './ledger'

/** The chart of accounts: by code or name. */
export default function ChartPage() {
  const t = useT()
  const navigate = useNavigate()
  const [q, setQ] = useState('')
  const [postable, setPostable] = useState(false)
  const chart = useChart({ q: useLater(q), ...(postable ? { postable } : {}) })
  const columns: Column<LedgerAccount>[] = [
    {
      id: 'code',
      header: t('admin.trial.account'),
      value: (account) => account.code,
      cell: (account) => (
        <span
          className={styles.account}
          data-level={Math.min(account.level, 4)}
          style={{ paddingLeft: `${(account.level - 1) * 14}px` }}
        >
          <code>{account.code}</code> {account.name}
        </span>
      ),
    },
    {
      id: 'class',
      header: t('admin.chart.class'),
      value: (account) => t(`admin.chart.class.${account.account_class}`, account.account_class),
      wideOnly: true,
    },
    {
      id: 'side',
      header: t('admin.chart.side'),
      value: (account) => t(`admin.side.${account.normal_side}`, account.normal_side),
    },
    {
      id: 'postable',
      header: t('admin.chart.postable'),
      value: (account) => account.postable,
      cell: (account) => t(account.postable ? 'admin.yes' : 'admin.no'),
      wideOnly: true,
    },
    {
      id: 'active',
      header: t('admin.chart.state'),
      value: (account) => account.active,
      cell: (account) => (
        <Badge tone={account.active ? 'good' : 'plain'}>
          {t(account.active ? 'admin.chart.active' : 'admin.chart.inactive')}
        </Badge>
      ),
    },
  ]
  return (
    <Stack>
      <PageHeader title={t('admin.chart.title')} subtitle={t('admin.chart.text')} />
      <Card flush>
        <div className={styles.filters} data-screen-only>
          <TextField
            type="search"
            icon="search"
            label={t('admin.chart.seek')}
            value={q}
            onChange={(event) => setQ(event.currentTarget.value)}
          />
          <CheckField
            label={t('admin.chart.only_postable')}
            checked={postable}
            onChange={setPostable}
          />
        </div>
        <Asked query={chart}>
          {(found) => (
            <DataTable
              caption={t('admin.chart.title')}
              columns={columns}
              rows={found}
              rowId={(account) => account.code}
              onOpen={(account) => void navigate(`/accounting/accounts/${account.code}`)}
              empty={<EmptyState icon="search" title={t('admin.chart.none')} />}
            />
          )}
        </Asked>
      </Card>
    </Stack>
  )
}
