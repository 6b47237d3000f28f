import { unwrap } from '@minga/api-client'
import { useT } from '@minga/i18n'
import {
  Badge,
  Button,
  Card,
  DataTable,
  DateText,
  EmptyState,
  Money,
  PageHeader,
  Segments,
  Stack,
  useConfirm,
  useIntention,
  useToast,
  type Column,
} from '@minga/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { Link } from 'react-router'
import { carryOut, type Item } from '../app/answers'
import { Asked } from '../app/asked'
import { useClient } from '../app/context'
import { useMay } from '../app/me'
import { ProblemNotice } from '../app/problem-notice'
import { OWN } from '../app/queries'
import { renewing } from '../app/renewing'
import { LEDGER } from './ledger'

type Exception = Item<'/accounting/exceptions'>
type State = 'open' | 'cleared' | 'all'
const STATES: State[] = ['open', 'cleared', 'all']

function useExceptions(state: State) {
  const client = useClient()
  return useQuery({
    queryKey: [...LEDGER, 'exceptions', state],
    queryFn: () => unwrap(client.GET('/accounting/exceptions', { params: { query: { state } } })),
    select: (answer) => answer.items,
  })
}

/** Amounts in suspense: why each is there, and posting it again once the cause is gone. */
export default function ExceptionsPage() {
  const t = useT()
  const [state, setState] = useState<State>('open')
  const exceptions = useExceptions(state)
  const { again, posting } = useReposting()
  return (
    <Stack>
      <PageHeader title={t('admin.exceptions.title')} subtitle={t('admin.exceptions.text')} />
      <Segments
        label={t('admin.exceptions.state')}
        value={state}
        onChange={setState}
        options={STATES.map((one) => ({ value: one, label: t(`admin.exceptions.state.${one}`) }))}
      />
      <ProblemNotice error={posting.error} />
      <Card flush>
        <Asked query={exceptions}>
          {(found) => (
            <ExceptionTable exceptions={found} onAgain={again} busy={posting.isPending} />
          )}
        </Asked>
      </Card>
    </Stack>
  )
}

function useReposting() {
  const t = useT()
  const toast = useToast()
  const confirm = useConfirm()
  const client = useClient()
  const queries = useQueryClient()
  const { key, renew } = useIntention()
  const posting = useMutation({
    mutationFn: (id: string) =>
      carryOut(
        client.POST('/accounting/exceptions/{id}/repostings', {
          params: { path: { id }, header: { 'Idempotency-Key': key } },
        }),
      ),
    onSuccess: async ({ account }) => {
      await queries.invalidateQueries({ queryKey: [OWN] })
      toast(t('admin.exceptions.cleared', { account }))
    },
    onSettled: renewing(renew),
  })
  const again = async (exception: Exception) => {
    const yes = await confirm({
      title: t('admin.exceptions.repost_title'),
      text: t('admin.exceptions.repost_text'),
      confirm: t('admin.exceptions.repost'),
    })
    if (yes) posting.mutate(exception.id)
  }
  return { posting, again: (exception: Exception) => void again(exception) }
}

type ExceptionTableProps = {
  exceptions: Exception[]
  onAgain: (exception: Exception) => void
  busy: boolean
}

function ExceptionTable({ exceptions, onAgain, busy }: ExceptionTableProps) {
  const t = useT()
  const may = useMay()
  const columns: Column<Exception>[] = [
    {
      id: 'date',
      header: t('admin.movements.date'),
      value: (row) => row.business_date,
      cell: (row) => <DateText value={row.business_date} />,
    },
    { id: 'branch', header: t('admin.branch'), value: (row) => row.branch },
    {
      id: 'event',
      header: t('admin.exceptions.event'),
      value: (row) => row.event,
      cell: (row) => (
        <Link to={`/accounting/entries/${row.entry_id}`}>{`${row.module} ${row.event}`}</Link>
      ),
    },
    {
      id: 'role',
      header: t('admin.entry.role'),
      value: (row) => [row.role, row.product].filter(Boolean).join(' · '),
    },
    {
      id: 'reason',
      header: t('admin.reason'),
      value: (row) => t(`admin.exceptions.reason.${row.reason}`, row.reason),
    },
    {
      id: 'amount',
      header: t('admin.amount'),
      type: 'amount',
      value: (row) => row.amount.amount,
      cell: (row) => (
        <span>
          <Money value={row.amount} /> {t(`admin.side.short.${row.side}`)}
        </span>
      ),
    },
    {
      id: 'state',
      header: t('admin.exceptions.state'),
      cell: (row) =>
        row.state === 'open' && may('accounting.repost_exception') ? (
          <Button size="sm" disabled={busy} onClick={() => onAgain(row)}>
            {t('admin.exceptions.repost')}
          </Button>
        ) : (
          <Badge tone={row.state === 'open' ? 'warn' : 'good'}>
            {t(`admin.exceptions.state.${row.state}`, row.state)}
          </Badge>
        ),
    },
  ]
  return (
    <DataTable
      caption={t('admin.exceptions.title')}
      columns={columns}
      rows={exceptions}
      rowId={(row) => row.id}
      empty={
        <EmptyState
          icon="check-circle"
          title={t('admin.exceptions.none')}
          description={t('admin.exceptions.none_text')}
        />
      }
    />
  )
}
