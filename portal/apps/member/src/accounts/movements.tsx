import type { Model } from '@minga/api-client'
import { isNegative, sumAmounts, useFormats, useT, type MoneyText } from '@minga/i18n'
import { Button, EmptyState, Icon, Money, SkeletonRows } from '@minga/ui'
import { memo, useMemo } from 'react'
import type { Movement } from '../position/own'
import type { MovementsQuery } from './account-page'
import styles from './movements.module.css'

type MovementsProps = {
  pages: Model<'MemberMovements'>[] | undefined
  movements: MovementsQuery
  valid: boolean
}

/** Opening, what came in, what went out, closing; then every movement. */
export function Movements({ pages, movements, valid }: MovementsProps) {
  const t = useT()
  const first = pages?.[0]
  const items = useMemo(() => pages?.flatMap((page) => page.items) ?? [], [pages])
  if (!valid) return <EmptyState icon="calendar" title={t('member.movements.choose')} />
  if (first === undefined) return <SkeletonRows rows={5} />
  return (
    <div aria-busy={movements.isPlaceholderData} className={styles.whole}>
      <dl className={styles.summary}>
        <Figure name="opening" value={first.opening} />
        {!movements.hasNextPage && (
          <>
            <Figure name="credits" value={cameIn(items, first.opening.currency)} tone="good" />
            <Figure name="debits" value={wentOut(items, first.opening.currency)} tone="bad" />
          </>
        )}
        <Figure name="closing" value={first.closing} />
      </dl>
      {items.length === 0 ? (
        <EmptyState
          icon="sprout"
          title={t('member.movements.none')}
          description={t('member.movements.none_text')}
        />
      ) : (
        <MovementTable items={items} />
      )}
      {movements.hasNextPage && (
        <div className={styles.more} data-screen-only>
          <Button
            busy={movements.isFetchingNextPage}
            onClick={() => void movements.fetchNextPage()}
          >
            {t('member.movements.more')}
          </Button>
        </div>
      )}
    </div>
  )
}

type FigureProps = { name: string; value: MoneyText; tone?: 'good' | 'bad' }

function Figure({ name, value, tone }: FigureProps) {
  const t = useT()
  return (
    <div>
      <dt>{t(`member.movements.${name}`)}</dt>
      <dd>
        <Money value={value} tone={tone ?? 'plain'} />
      </dd>
    </div>
  )
}

const isDebit = (movement: Movement) => isNegative(movement.amount.amount)
const unsigned = ({ amount, currency }: MoneyText) => ({
  amount: amount.replace('-', ''),
  currency,
})
const total = (items: Movement[], currency: string): MoneyText => ({
  amount: sumAmounts(items.map((movement) => unsigned(movement.amount).amount)),
  currency,
})
const wentOut = (items: Movement[], currency: string) => total(items.filter(isDebit), currency)
const cameIn = (items: Movement[], currency: string) =>
  total(
    items.filter((movement) => !isDebit(movement)),
    currency,
  )

const COLUMNS = ['date', 'description', 'channel', 'debit', 'credit', 'balance'] as const

/** Drawn again only when there are other movements: fifty rows are a good part of the page's work. */
const MovementTable = memo(function MovementTable({ items }: { items: Movement[] }) {
  const t = useT()
  const formats = useFormats()
  return (
    <table className={styles.table}>
      <caption className="visually-hidden">{t('member.movements.title')}</caption>
      <thead>
        <tr>
          {COLUMNS.map((column) => (
            <th key={column} scope="col" data-column={column}>
              {t(`member.movements.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((movement) => (
          <MovementRow
            key={movement.entry_id}
            movement={movement}
            day={formats.date(movement.date)}
            channel={t(`member.channel.${movement.channel}`, { defaultValue: movement.channel })}
          />
        ))}
      </tbody>
    </table>
  )
})

type MovementRowProps = { movement: Movement; day: string; channel: string }

function MovementRow({ movement, day, channel }: MovementRowProps) {
  const { amount, description, narrative } = movement
  const debit = isDebit(movement)
  return (
    <tr className={styles.row}>
      <td data-column="date">
        <span className={styles.arrow} data-in={!debit || undefined}>
          <Icon name={debit ? 'arrow-out' : 'arrow-in'} size={18} />
        </span>
        <time dateTime={movement.date}>{day}</time>
      </td>
      <td data-column="description">
        <span className={styles.description}>{description}</span>
        {narrative && narrative !== description && (
          <span className={styles.narrative}>{narrative}</span>
        )}
      </td>
      <td data-column="channel">{channel}</td>
      <td data-column="debit">{debit && <Money value={amount} />}</td>
      <td data-column="credit">{!debit && <Money value={amount} sign="always" tone="good" />}</td>
      <td data-column="balance">
        <Money value={movement.balance} tone="soft" />
      </td>
    </tr>
  )
}
