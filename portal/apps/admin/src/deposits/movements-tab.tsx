import { isNegative, useFormats, useT } from '@minga/i18n'
import {
  Button,
  Card,
  DataTable,
  DateRange,
  DateText,
  EmptyState,
  ExportMenu,
  Money,
  Row,
  Stack,
  addDays,
  rangeFault,
  useToast,
  type Column,
} from '@minga/ui'
import { useState } from 'react'
import { Asked } from '../app/asked'
import { useBusinessDate, useMay } from '../app/me'
import { ProblemNotice } from '../app/problem-notice'
import { useMovements, useStatement, type Account, type Movement } from './accounts'
import styles from './deposits.module.css'
import { MovementDialog } from './movement-dialog'

const FIRST_DAYS = 89
const MOST_MONTHS = 24

/** The movements of an account between two dates, newest first, with what they can be taken away as. */
export function MovementsTab({ account }: { account: Account }) {
  const t = useT()
  const today = useBusinessDate()
  const [chosen, setPeriod] = useState({ from: '', to: '' })
  const period = chosen.to === '' ? { from: addDays(today, -FIRST_DAYS), to: today } : chosen
  const [open, setOpen] = useState<Movement | null>(null)
  const valid = rangeFault(period, { last: today, maxMonths: MOST_MONTHS }) === null
  const movements = useMovements(account.id, period, valid)
  return (
    <Card
      title={t('admin.account.movements')}
      action={valid && <Statement account={account} period={period} />}
      flush
    >
      <div className={styles.filters} data-screen-only>
        <DateRange
          value={period}
          onChange={setPeriod}
          limits={{ last: today, maxMonths: MOST_MONTHS }}
        />
      </div>
      <Asked query={movements}>
        {({ pages }) => (
          <>
            <OpeningAndClosing opening={pages[0]?.opening} closing={pages[0]?.closing} />
            <MovementTable movements={pages.flatMap((page) => page.items)} onOpen={setOpen} />
          </>
        )}
      </Asked>
      {movements.hasNextPage && (
        <div className={styles.more} data-screen-only>
          <Button
            busy={movements.isFetchingNextPage}
            onClick={() => void movements.fetchNextPage()}
          >
            {t('admin.more')}
          </Button>
        </div>
      )}
      {open && <MovementDialog account={account} movement={open} onClose={() => setOpen(null)} />}
    </Card>
  )
}

type StatementProps = { account: Account; period: { from: string; to: string } }

function Statement({ account, period }: StatementProps) {
  const t = useT()
  const may = useMay()
  const toast = useToast()
  const taking = useStatement(account.id)
  if (!may('deposits.issue_statement'))
    return (
      <Button size="sm" icon="print" onClick={() => window.print()}>
        {t('ui.export.print')}
      </Button>
    )
  return (
    <Stack gap={2}>
      <Row end>
        <ExportMenu
          busy={taking.isPending}
          onExport={(format) =>
            taking.mutate(
              { period, format },
              { onSuccess: () => toast(t('admin.account.statement_made')) },
            )
          }
          onPrint={() => window.print()}
        />
      </Row>
      <ProblemNotice error={taking.error} />
    </Stack>
  )
}

type Sums = { opening: Account['ledger'] | undefined; closing: Account['ledger'] | undefined }

function OpeningAndClosing({ opening, closing }: Sums) {
  const t = useT()
  return (
    <dl className={styles.sums}>
      {opening && (
        <div>
          <dt>{t('admin.movements.opening')}</dt>
          <dd>
            <Money value={opening} />
          </dd>
        </div>
      )}
      {closing && (
        <div>
          <dt>{t('admin.movements.closing')}</dt>
          <dd>
            <Money value={closing} />
          </dd>
        </div>
      )}
    </dl>
  )
}

type MovementTableProps = { movements: Movement[]; onOpen: (movement: Movement) => void }

function MovementTable({ movements, onOpen }: MovementTableProps) {
  const t = useT()
  const formats = useFormats()
  const side = (movement: Movement, debit: boolean) =>
    isNegative(movement.amount.amount) === debit
      ? formats.money(movement.amount, { currency: 'none', sign: 'never' })
      : ''
  const columns: Column<Movement>[] = [
    {
      id: 'date',
      header: t('admin.movements.date'),
      cell: (movement) => <DateText value={movement.business_date} />,
    },
    {
      id: 'description',
      header: t('admin.movements.description'),
      cell: (movement) => (
        <span className={styles.description} data-reversal={movement.reverses !== '' || undefined}>
          <strong>{movement.description}</strong>
          <small>{[movement.code, movement.narrative].filter(Boolean).join(' · ')}</small>
        </span>
      ),
    },
    {
      id: 'channel',
      header: t('admin.channel'),
      cell: (movement) =>
        `${t(`admin.channel.${movement.channel}`, movement.channel)} ${movement.branch}`,
      wideOnly: true,
    },
    {
      id: 'debit',
      header: t('admin.movements.debit'),
      type: 'amount',
      cell: (movement) => side(movement, true),
    },
    {
      id: 'credit',
      header: t('admin.movements.credit'),
      type: 'amount',
      cell: (movement) => side(movement, false),
    },
    {
      id: 'balance',
      header: t('admin.movements.balance'),
      type: 'amount',
      cell: (movement) => <Money value={movement.balance} currency="none" />,
    },
  ]
  return (
    <DataTable
      caption={t('admin.account.movements')}
      columns={columns}
      rows={movements}
      rowId={(movement) => movement.entry_id}
      onOpen={onOpen}
      empty={
        <EmptyState
          icon="list"
          title={t('admin.movements.none')}
          description={t('admin.movements.none_text')}
        />
      }
    />
  )
}
