import { useFormats, useT } from '@minga/i18n'
import {
  Badge,
  Button,
  Card,
  DataTable,
  DateText,
  EmptyState,
  Stack,
  TextField,
  type Column,
} from '@minga/ui'
import { useState, type FormEvent } from 'react'
import { useActing } from '../app/acting'
import { Asked } from '../app/asked'
import { useClient } from '../app/context'
import { Facts } from '../app/facts'
import { useMay } from '../app/me'
import { ReasonDialog } from '../app/reason-dialog'
import type { Account } from './accounts'
import { BookDialog, StopDialog } from './cheque-dialogs'
import styles from './deposits.module.css'
import { useCheque, useChequeBooks, useStops, type ChequeBook, type Stop } from './services'

/** Numbers of a range: `7` or `1–25`. */
const rangeOf = ({ first, last }: { first: number; last: number }) =>
  first === last ? String(first) : `${first}–${last}`

/** The cheques of an account: its books, what became of a number, and those that must not be paid. */
export function ChequesTab({ account }: { account: Account }) {
  return (
    <Stack>
      <Books account={account} />
      <Lookup account={account} />
      <Stops account={account} />
    </Stack>
  )
}

function Books({ account }: { account: Account }) {
  const t = useT()
  const may = useMay()
  const books = useChequeBooks(account.id)
  const [issuing, setIssuing] = useState(false)
  const number = (id: 'first' | 'last'): Column<ChequeBook> => ({
    id,
    header: t(`admin.cheques.${id}`),
    type: 'number',
    value: (book) => book[id],
  })
  const columns: Column<ChequeBook>[] = [
    number('first'),
    number('last'),
    {
      id: 'issued',
      header: t('admin.cheques.issued_on'),
      value: (book) => book.issued_on,
      cell: (book) => <DateText value={book.issued_on} />,
    },
    { id: 'by', header: t('admin.cheques.issued_by'), cell: (book) => book.issued_by },
  ]
  return (
    <Card
      title={t('admin.cheques.books')}
      flush
      action={
        may('deposits.issue_cheques') &&
        account.state !== 'closed' && (
          <Button size="sm" icon="plus" onClick={() => setIssuing(true)}>
            {t('admin.cheques.issue')}
          </Button>
        )
      }
    >
      <Asked query={books}>
        {(found) => (
          <DataTable
            caption={t('admin.cheques.books')}
            columns={columns}
            rows={found}
            rowId={(book) => String(book.first)}
            empty={<EmptyState icon="document" title={t('admin.cheques.none')} />}
          />
        )}
      </Asked>
      {issuing && <BookDialog account={account} onClose={() => setIssuing(false)} />}
    </Card>
  )
}

const DIGITS = /^[1-9][0-9]{0,11}$/

function Lookup({ account }: { account: Account }) {
  const t = useT()
  const [typed, setTyped] = useState('')
  const [number, setNumber] = useState('')
  const cheque = useCheque(account.id, number)
  const look = (event: FormEvent) => {
    event.preventDefault()
    if (DIGITS.test(typed.trim())) setNumber(typed.trim())
  }
  return (
    <Card title={t('admin.cheques.find_title')}>
      <Stack gap={3}>
        <form onSubmit={look} className={styles.lookup} data-screen-only>
          <TextField
            label={t('admin.cheques.find')}
            inputMode="numeric"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
          />
          <Button type="submit" disabled={!DIGITS.test(typed.trim())}>
            {t('admin.cheques.see')}
          </Button>
        </form>
        {number !== '' && <Asked query={cheque}>{(found) => <Found cheque={found} />}</Asked>}
      </Stack>
    </Card>
  )
}

type FoundProps = { cheque: NonNullable<ReturnType<typeof useCheque>['data']> }

function Found({ cheque }: FoundProps) {
  const t = useT()
  const formats = useFormats()
  return (
    <Facts
      facts={[
        [t('admin.cheques.find'), String(cheque.number)],
        [t('admin.holds.state'), t(`admin.cheques.state.${cheque.state}`, cheque.state)],
        [t('admin.amount'), cheque.amount && formats.money(cheque.amount)],
        [
          t('admin.movements.date'),
          cheque.paid_on && t('admin.cheques.paid_on', { date: formats.date(cheque.paid_on) }),
        ],
        [t('admin.reason'), cheque.reason],
        [
          t('admin.cheques.books'),
          t('admin.cheques.book', {
            first: String(cheque.book_first),
            last: String(cheque.book_last),
          }),
        ],
      ]}
    />
  )
}

function Stops({ account }: { account: Account }) {
  const t = useT()
  const may = useMay()
  const stops = useStops(account.id)
  const [stopping, setStopping] = useState(false)
  const [lifting, setLifting] = useState<Stop | null>(null)
  const manages = may('deposits.stop_cheques')
  const columns: Column<Stop>[] = [
    { id: 'numbers', header: t('admin.cheques.numbers'), cell: rangeOf },
    {
      id: 'kind',
      header: t('admin.cheques.stop_kind'),
      value: (stop) => t(`admin.cheques.state.${stop.kind}`, stop.kind),
    },
    { id: 'reason', header: t('admin.reason'), cell: (stop) => stop.reason, wideOnly: true },
    {
      id: 'expires',
      header: t('admin.cheques.expires'),
      value: (stop) => stop.expires_on ?? '',
      cell: (stop) => (stop.expires_on ? <DateText value={stop.expires_on} /> : ''),
    },
    {
      id: 'state',
      header: t('admin.holds.state'),
      value: (stop) => stop.state,
      cell: (stop) => (
        <Badge tone={stop.state === 'active' ? 'warn' : 'plain'}>
          {t(`admin.cheques.stop_state.${stop.state}`, stop.state)}
        </Badge>
      ),
    },
    {
      id: 'act',
      header: t('admin.actions'),
      cell: (stop) =>
        manages &&
        stop.state === 'active' &&
        stop.kind !== 'returned_to_bank' && (
          <Button size="sm" onClick={() => setLifting(stop)}>
            {t('admin.cheques.lift')}
          </Button>
        ),
    },
  ]
  return (
    <Card
      title={t('admin.cheques.stops')}
      flush
      action={
        manages && (
          <Button size="sm" icon="lock" onClick={() => setStopping(true)}>
            {t('admin.cheques.stop')}
          </Button>
        )
      }
    >
      <Asked query={stops}>
        {(found) => (
          <DataTable
            caption={t('admin.cheques.stops')}
            columns={columns}
            rows={found}
            rowId={(stop) => stop.id}
            empty={<EmptyState icon="check" title={t('admin.cheques.no_stops')} />}
          />
        )}
      </Asked>
      {stopping && <StopDialog account={account} onClose={() => setStopping(false)} />}
      {lifting && <LiftDialog account={account} stop={lifting} onClose={() => setLifting(null)} />}
    </Card>
  )
}

type LiftDialogProps = { account: Account; stop: Stop; onClose: () => void }

function LiftDialog({ account, stop, onClose }: LiftDialogProps) {
  const t = useT()
  const client = useClient()
  const lifting = useActing(
    (reason: string, intention) =>
      client.POST('/deposits/accounts/{account_id}/stop-payments/{stop_id}/liftings', {
        params: { path: { account_id: account.id, stop_id: stop.id } },
        body: { reason },
        ...intention,
      }),
    'admin.cheques.lifted',
    onClose,
  )
  return (
    <ReasonDialog
      title={t('admin.cheques.lift_title', { numbers: rangeOf(stop) })}
      accept={t('admin.cheques.lift')}
      busy={lifting.isPending}
      error={lifting.error}
      onAccept={(reason) => lifting.mutate(reason)}
      onClose={onClose}
    />
  )
}
