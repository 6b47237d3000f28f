import { isProblem, saveDocument, unwrap, type Model } from '@minga/api-client'
import { useFormats, useT } from '@minga/i18n'
import {
  Card,
  DateRange,
  ErrorState,
  ExportMenu,
  Loading,
  PageHeader,
  PrintHeader,
  rangeFault,
  Skeleton,
  Stack,
  startOfMonth,
  useToast,
  type ExportFormat,
  type Range,
} from '@minga/ui'
import { useMutation } from '@tanstack/react-query'
import { lazy, useDeferredValue, useState } from 'react'
import { useParams } from 'react-router'
import { usePortal } from '../app/context'
import { isUsable, useMovements, usePosition, type Account } from '../position/own'
import { AccountBalances } from './account-balances'
import { IssuedStatements } from './issued-statements'
import { Movements } from './movements'

const NotFoundPage = lazy(() => import('../pages/not-found-page'))

/** The longest span of a statement, in months. */
const MAX_MONTHS = 24

/** What the API will choose, for as long as it has not answered. */
const monthUntil = (today: string): Range | null =>
  today === '' ? null : { from: startOfMonth(today), to: today }

/** The period that the API chose where none was asked for. */
const periodOf = (page: Model<'MemberMovements'> | undefined): Range | null =>
  page ? { from: page.period_start, to: page.period_end } : null

/** One account: what is in it and what has moved. */
export default function AccountPage() {
  const { id = '' } = useParams()
  const t = useT()
  const position = usePosition()
  // Both answers are drawn piece by piece, so that a press is answered meanwhile.
  const data = useDeferredValue(position.data)
  const [asked, setAsked] = useState<Range | null>(null)
  const today = data?.business_date ?? ''
  const limits = { last: today, maxMonths: MAX_MONTHS }
  const valid = asked === null || rangeFault(asked, limits) === null
  const movements = useMovements(id, valid ? asked : null, valid)
  const pages = useDeferredValue(movements.data?.pages)
  const account = data?.accounts.find((candidate) => candidate.id === id)
  const stranger = data !== undefined && account === undefined
  const range = asked ?? periodOf(pages?.[0]) ?? monthUntil(today)

  const refused = isProblem(movements.error) && movements.error.status === 404
  if (stranger || refused) return <NotFoundPage />
  if (account === undefined && !position.isError) return <Waiting />
  return (
    <Stack>
      <Heading account={account} range={valid ? range : null} movements={movements} />
      {account && <AccountBalances account={account} />}
      <Card title={t('member.movements.title')}>
        <Stack>
          {range && (
            <div data-screen-only>
              <DateRange value={range} onChange={setAsked} limits={limits} />
            </div>
          )}
          {(movements.isError && !movements.data) || position.isError ? (
            <ErrorState
              error={movements.error ?? position.error}
              onRetry={() => void (movements.isError ? movements : position).refetch()}
              compact
            />
          ) : (
            <Movements pages={pages} movements={movements} valid={valid} />
          )}
        </Stack>
      </Card>
      {account && isUsable(account) && <IssuedStatements account={account.id} />}
    </Stack>
  )
}

function Waiting() {
  return (
    <Stack>
      <Heading account={undefined} range={null} movements={null} />
      <Loading>
        <Skeleton height="70vh" />
      </Loading>
    </Stack>
  )
}

export type MovementsQuery = ReturnType<typeof useMovements>
type HeadingProps = {
  account: Account | undefined
  range: Range | null
  movements: MovementsQuery | null
}

function Heading({ account, range, movements }: HeadingProps) {
  const t = useT()
  const formats = useFormats()
  const back = { to: '/', label: t('member.account.back') }
  if (account === undefined)
    return (
      <PageHeader
        title={t('member.account.title')}
        back={back}
        subtitle={<Skeleton width="180px" />}
      />
    )
  const period =
    range &&
    t('member.movements.period', { from: formats.date(range.from), to: formats.date(range.to) })
  return (
    <>
      <PrintHeader
        title={t('member.account.statement')}
        lines={[`${account.name} ${account.number}`, period]}
      />
      <PageHeader
        title={account.name}
        subtitle={t('member.account.number', { number: account.number })}
        back={back}
        actions={
          range && movements && <Downloads account={account} range={range} movements={movements} />
        }
      />
    </>
  )
}

type DownloadsProps = { account: Account; range: Range; movements: MovementsQuery }

function Downloads({ account, range, movements }: DownloadsProps) {
  const t = useT()
  const toast = useToast()
  const { api } = usePortal()
  const download = useMutation({
    mutationFn: (format: ExportFormat) =>
      unwrap(
        api.client.GET('/member_portal/accounts/{account_id}/statement', {
          params: { path: { account_id: account.id }, query: { ...range, format } },
        }),
      ),
    onSuccess: (document) => {
      saveDocument(document)
      toast(t('member.account.downloaded', { name: document.filename }))
    },
    onError: () => toast(t('member.account.not_downloaded'), 'bad'),
  })
  const print = async () => {
    await loadAll(movements)
    window.print()
  }
  return (
    <ExportMenu
      busy={download.isPending}
      onExport={(format) => download.mutate(format)}
      onPrint={() => void print()}
    />
  )
}

/** A printed statement is whole: what was not loaded yet is. */
async function loadAll(movements: MovementsQuery): Promise<void> {
  let latest = movements
  while (latest.hasNextPage) latest = (await latest.fetchNextPage()) as MovementsQuery
}
