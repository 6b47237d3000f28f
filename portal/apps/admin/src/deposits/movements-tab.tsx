import { isNegative, useFormats, useT } from '@minga/i18n'
import {
  Button,
  Card,
  DataTable,
  DateText,
  EmptyState,
  Money,
  addDays,
  rangeFault,
  type Column,
} from '@minga/ui'
import { useState } from 'react'
import { Asked } from '../app/asked'
import { useBusinessDate } from '../app/me'
import { useLater } from '../app/use-later'
import { ALL_MOVEMENTS, useMovements, type Account, type Movement } from './accounts'
import styles from './deposits.module.css'
import { MovementDialog } from './movement-dialog'
import { MOST_MONTHS, MovementFilters } from './movement-filters'
import { useStatementPeriods } from './servicing'
import { StatementMenu } from './statement-menu'

const FIRST_DAYS = 89

/** The movements of an account between two dates, newest first, with what they can be taken away as. */
export function MovementsTab({ account }: { account: Account }) {
  const t = useT()
  const today = useBusinessDate()
  const [chosen, setPeriod] = useState({ from: '', to: '' })
  const period = chosen.to === '' ? { from: addDays(today, -FIRST_DAYS), to: today } : chosen
  const [open, setOpen] = useState<Movement | null>(null)
  const [search, setSearch] = useState(ALL_MOVEMENTS)
  const ofCycle = useStatementPeriods(account.id).data?.find((one) => one.cycle === search.cycle)
  const valid =
    search.cycle !== '' || rangeFault(period, { last: today, maxMonths: MOST_MONTHS }) === null
  const movements = useMovements(account.id, period, useLater(search), valid)
  const shown = ofCycle === undefined ? period : { from: ofCycle.first, to: ofCycle.last }
  return (
    <Card
      title={t('admin.account.movements')}
      action={
        valid && (
          <StatementMenu account={account} period={ofCycle?.issued === false ? null : shown} />
        )
      }
      flush
    >
      <MovementFilters
        account={account.id}
        currency={account.currency}
        period={period}
        search={search}
        onPeriod={setPeriod}
        onSearch={setSearch}
      />
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
        <span
          className={styles.description}
          data-reversal={movement.reverses !== '' || undefined}
          data-undone={movement.reversed_by !== '' || undefined}
        >
          <strong>{movement.description}</strong>
          <small>
            {[
              movement.reversed_by !== '' && t('admin.movements.undone'),
              movement.code,
              movement.narrative,
            ]
              .filter(Boolean)
              .join(' · ')}
          </small>
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
