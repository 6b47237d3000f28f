import { useT } from '@minga/i18n'
import {
  Button,
  ButtonLink,
  Card,
  DataTable,
  DateField,
  DateText,
  EmptyState,
  PageHeader,
  SelectField,
  Stack,
  TextField,
  type Column,
} from '@minga/ui'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { Asked } from '../app/asked'
import { useBranches, useMay } from '../app/me'
import { useLater } from '../app/use-later'
import styles from './accounting.module.css'
import { VoucherBadge } from './voucher-badge'
import {
  STATES,
  useVouchers,
  type Voucher,
  type VoucherSearch,
  type VoucherState,
} from './vouchers'

type Search = { branch: string; number: string; state: VoucherState | ''; from: string; to: string }

const NOTHING: Search = { branch: '', number: '', state: '', from: '', to: '' }

/** The vouchers of the branches, newest first. */
export default function VouchersPage() {
  const t = useT()
  const may = useMay()
  const branches = useBranches()
  const [search, setSearch] = useState(NOTHING)
  const given = Object.entries(useLater(search)).filter(([, value]) => value !== '')
  const vouchers = useVouchers(Object.fromEntries(given) as VoucherSearch)
  const write = (name: keyof Search) => (event: { currentTarget: { value: string } }) =>
    setSearch({ ...search, [name]: event.currentTarget.value })
  return (
    <Stack>
      <PageHeader
        title={t('admin.vouchers.title')}
        subtitle={t('admin.vouchers.text')}
        actions={
          may('accounting.capture_voucher') && (
            <ButtonLink to="/accounting/vouchers/new" tone="primary" icon="plus">
              {t('admin.vouchers.new')}
            </ButtonLink>
          )
        }
      />
      <Card flush>
        <div className={styles.filters} data-screen-only>
          <TextField
            icon="search"
            label={t('admin.vouchers.number')}
            value={search.number}
            onChange={write('number')}
          />
          <SelectField
            label={t('admin.vouchers.state')}
            placeholder={t('admin.all')}
            options={STATES.map((state) => ({
              value: state,
              label: t(`admin.voucher.state.${state}`),
            }))}
            value={search.state}
            onChange={write('state')}
          />
          <SelectField
            label={t('admin.branch')}
            placeholder={t('admin.all')}
            options={(branches.data ?? []).map(({ code, name }) => ({
              value: code,
              label: `${code} · ${name}`,
            }))}
            value={search.branch}
            onChange={write('branch')}
          />
          <DateField
            label={t('ui.range.from')}
            value={search.from}
            onChange={(from) => setSearch({ ...search, from })}
          />
          <DateField
            label={t('ui.range.to')}
            value={search.to}
            onChange={(to) => setSearch({ ...search, to })}
          />
        </div>
        <Asked query={vouchers}>
          {({ pages }) => <VoucherTable vouchers={pages.flatMap((page) => page.items)} />}
        </Asked>
        {vouchers.hasNextPage && (
          <div className={styles.more}>
            <Button
              busy={vouchers.isFetchingNextPage}
              onClick={() => void vouchers.fetchNextPage()}
            >
              {t('admin.more')}
            </Button>
          </div>
        )}
      </Card>
    </Stack>
  )
}

function VoucherTable({ vouchers }: { vouchers: Voucher[] }) {
  const t = useT()
  const navigate = useNavigate()
  const columns: Column<Voucher>[] = [
    {
      id: 'number',
      header: t('admin.vouchers.number'),
      value: (voucher) => voucher.number,
      cell: (voucher) => (
        <code className={styles.code}>{voucher.number || t('admin.vouchers.unnumbered')}</code>
      ),
    },
    {
      id: 'captured',
      header: t('admin.vouchers.captured_on'),
      value: (voucher) => voucher.captured_on,
      cell: (voucher) => <DateText value={voucher.captured_on} />,
    },
    { id: 'branch', header: t('admin.branch'), value: (voucher) => voucher.branch },
    {
      id: 'narrative',
      header: t('admin.movements.narrative'),
      value: (voucher) => voucher.narrative,
    },
    {
      id: 'author',
      header: t('admin.vouchers.author'),
      value: (voucher) => voucher.author.name,
      wideOnly: true,
    },
    {
      id: 'lines',
      header: t('admin.vouchers.lines'),
      type: 'number',
      value: (voucher) => voucher.lines.length,
      wideOnly: true,
    },
    {
      id: 'state',
      header: t('admin.vouchers.state'),
      value: (voucher) => voucher.state,
      cell: (voucher) => <VoucherBadge state={voucher.state} />,
    },
  ]
  return (
    <DataTable
      caption={t('admin.vouchers.title')}
      columns={columns}
      rows={vouchers}
      rowId={(voucher) => voucher.id}
      onOpen={(voucher) => void navigate(`/accounting/vouchers/${voucher.id}`)}
      empty={
        <EmptyState
          icon="document"
          title={t('admin.vouchers.none')}
          description={t('admin.vouchers.none_text')}
        />
      }
    />
  )
}
