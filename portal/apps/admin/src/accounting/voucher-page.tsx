import { useFormats, useT } from '@minga/i18n'
import {
  Button,
  Card,
  DataTable,
  DateText,
  DateTimeText,
  Money,
  Notice,
  PageHeader,
  PrintHeader,
  Stack,
  useToast,
  type Column,
} from '@minga/ui'
import { useState } from 'react'
import { Link, useParams } from 'react-router'
import { Asked } from '../app/asked'
import { useProfile } from '../app/context'
import { Facts } from '../app/facts'
import { useMay } from '../app/me'
import { ProblemNotice } from '../app/problem-notice'
import { ReasonDialog } from '../app/reason-dialog'
import { VoucherBadge } from './voucher-badge'
import { useVoucher, useVoucherAct, type Voucher } from './vouchers'

type Line = Voucher['lines'][number]

/** A voucher with its lines; another person authorises it, and its mirror undoes it. */
export default function VoucherPage() {
  const { id = '' } = useParams()
  const voucher = useVoucher(id)
  return <Asked query={voucher}>{(found) => <Shown voucher={found} />}</Asked>
}

function Shown({ voucher }: { voucher: Voucher }) {
  const t = useT()
  const formats = useFormats()
  const title = voucher.number || t('admin.voucher.title')
  return (
    <Stack>
      <PrintHeader
        title={title}
        lines={[formats.date(voucher.effective_date), voucher.narrative]}
      />
      <PageHeader
        title={title}
        subtitle={<VoucherBadge state={voucher.state} />}
        back={{ to: '/accounting/vouchers', label: t('admin.vouchers.title') }}
        actions={<Actions voucher={voucher} />}
      />
      {voucher.state === 'rejected' && <Notice tone="warn">{voucher.reason}</Notice>}
      <Card>
        <Facts
          columns={2}
          facts={[
            [t('admin.voucher.concept'), voucher.concept],
            [t('admin.branch'), voucher.branch],
            [t('admin.movements.narrative'), voucher.narrative],
            [
              t('admin.voucher.effective_date'),
              <DateText key="effective" value={voucher.effective_date} />,
            ],
            [
              t('admin.vouchers.captured_on'),
              <DateText key="captured" value={voucher.captured_on} />,
            ],
            [
              t('admin.vouchers.author'),
              <span key="author">
                {voucher.author.name} · <DateTimeText value={voucher.author.at} />
              </span>,
            ],
            [
              t('admin.voucher.authoriser'),
              voucher.authoriser && (
                <span key="authoriser">
                  {voucher.authoriser.name} · <DateTimeText value={voucher.authoriser.at} />
                </span>
              ),
            ],
            [
              t('admin.movements.entry'),
              voucher.entry_id && (
                <Link key="entry" to={`/accounting/entries/${voucher.entry_id}`}>
                  {voucher.entry_id}
                </Link>
              ),
            ],
            [
              t('admin.movements.reverses'),
              voucher.reverses && (
                <Link key="reverses" to={`/accounting/vouchers/${voucher.reverses}`}>
                  {voucher.reverses}
                </Link>
              ),
            ],
            [
              t('admin.entry.reversed_by'),
              voucher.reversal && (
                <Link key="reversal" to={`/accounting/vouchers/${voucher.reversal}`}>
                  {voucher.reversal}
                </Link>
              ),
            ],
          ]}
        />
      </Card>
      <Card title={t('admin.vouchers.lines')} flush>
        <Lines lines={voucher.lines} />
      </Card>
    </Stack>
  )
}

function Lines({ lines }: { lines: Line[] }) {
  const t = useT()
  const side = (id: 'debit' | 'credit'): Column<Line> => ({
    id,
    header: t(`admin.side.${id}`),
    type: 'amount',
    cell: (line) => line.side === id && <Money value={line.amount} />,
  })
  const columns: Column<Line>[] = [
    {
      id: 'account',
      header: t('admin.trial.account'),
      cell: (line) => <Link to={`/accounting/accounts/${line.account}`}>{line.account}</Link>,
    },
    { id: 'branch', header: t('admin.branch'), cell: (line) => line.branch },
    { id: 'narrative', header: t('admin.movements.narrative'), cell: (line) => line.narrative },
    {
      id: 'tax_id',
      header: t('admin.voucher.tax_id'),
      cell: (line) => line.tax_id,
      wideOnly: true,
    },
    side('debit'),
    side('credit'),
  ]
  const rows = lines.map((line, at) => ({ ...line, at }))
  return (
    <DataTable
      caption={t('admin.vouchers.lines')}
      columns={columns}
      rows={rows}
      rowId={(line) => String((line as { at?: number }).at)}
    />
  )
}

type Asking = 'approve' | 'reject' | 'reverse'

function Actions({ voucher }: { voucher: Voucher }) {
  const t = useT()
  const may = useMay()
  const toast = useToast()
  const { user } = useProfile()
  const acting = useVoucherAct()
  const [asking, setAsking] = useState<Asking | null>(null)
  const own = voucher.author.id === user.id
  const waits = voucher.state === 'pending_authorisation'
  const decides = waits && !own && may('accounting.authorise_voucher')
  const reverses =
    voucher.state === 'applied' && voucher.reversal === '' && may('accounting.reverse_voucher')
  const done = (after: Voucher) => {
    toast(t(`admin.voucher.now.${after.state}`))
    setAsking(null)
  }
  const decide = (decision: 'approve' | 'reject', reason: string) =>
    acting.mutate({ act: 'decide', id: voucher.id, decision, reason }, { onSuccess: done })
  const withReason = (reason: string) =>
    asking === 'reject'
      ? decide('reject', reason)
      : acting.mutate({ act: 'reverse', id: voucher.id, reason }, { onSuccess: done })
  return (
    <>
      {decides && (
        <>
          <Button
            tone="primary"
            icon="check"
            busy={acting.isPending}
            onClick={() => decide('approve', '')}
          >
            {t('admin.voucher.authorise')}
          </Button>
          <Button icon="close" onClick={() => setAsking('reject')}>
            {t('admin.approvals.reject')}
          </Button>
        </>
      )}
      {waits && own && <Notice tone="warn">{t('admin.voucher.own_waits')}</Notice>}
      {voucher.state === 'draft' && may('accounting.capture_voucher') && (
        <Button
          tone="primary"
          busy={acting.isPending}
          onClick={() => acting.mutate({ act: 'submit', id: voucher.id }, { onSuccess: done })}
        >
          {t('admin.voucher.submit')}
        </Button>
      )}
      {reverses && (
        <Button icon="refresh" onClick={() => setAsking('reverse')}>
          {t('admin.voucher.reverse')}
        </Button>
      )}
      <Button icon="print" onClick={() => window.print()}>
        {t('ui.export.print')}
      </Button>
      {asking === null && <ProblemNotice error={acting.error} />}
      {asking !== null && (
        <ReasonDialog
          title={t(asking === 'reject' ? 'admin.approvals.reject_title' : 'admin.voucher.reverse')}
          accept={t(asking === 'reject' ? 'admin.approvals.reject' : 'admin.voucher.reverse')}
          tone="danger"
          busy={acting.isPending}
          error={acting.error}
          onAccept={withReason}
          onClose={() => setAsking(null)}
        />
      )}
    </>
  )
}
