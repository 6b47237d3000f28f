import { useT } from '@minga/i18n'
import {
  Bars,
  ButtonLink,
  Card,
  Columns,
  Donut,
  EmptyState,
  Money,
  Skeleton,
  Stack,
  Stat,
  Stats,
} from '@minga/ui'
import { Asked } from '../app/asked'
import { classesOf, productsOf, unsigned, useDay, type Product } from './day'

/** The day's books: classes of the ledger, what members hold by product, what came in and went out. */
export function DayCards({ date }: { date: string }) {
  const { balance, under } = useDay(date)
  return (
    <Asked query={balance} skeleton={<Bones />}>
      {(found) => {
        const products = under ? productsOf(found, under) : []
        return (
          <Stack>
            <Classes rows={classesOf(found)} />
            {under === null ? (
              <ChartBones />
            ) : (
              <Columns least={380}>
                <Balances products={products} />
                <Movements products={products} />
              </Columns>
            )}
          </Stack>
        )
      }}
    </Asked>
  )
}

function Bones() {
  return (
    <Stack>
      <Skeleton height="110px" />
      <ChartBones />
    </Stack>
  )
}

function ChartBones() {
  return (
    <Columns least={380}>
      <Skeleton height="300px" />
      <Skeleton height="300px" />
    </Columns>
  )
}

function Classes({ rows }: { rows: ReturnType<typeof classesOf> }) {
  const t = useT()
  if (rows.length === 0) return null
  return (
    <Card
      title={t('admin.home.books')}
      action={
        <ButtonLink to="/accounting/trial-balance" size="sm" tone="quiet">
          {t('admin.home.open_books')}
        </ButtonLink>
      }
    >
      <Stats>
        {rows.map((row) => (
          <Stat key={row.code} label={row.name} value={<Money value={unsigned(row.closing)} />} />
        ))}
      </Stats>
    </Card>
  )
}

function Balances({ products }: { products: Product[] }) {
  const t = useT()
  const held = products.filter((product) => /[1-9]/.test(product.balance.amount))
  return (
    <Card title={t('admin.home.balances')}>
      {held.length === 0 ? (
        <EmptyState icon="savings" title={t('admin.home.no_balances')} />
      ) : (
        <Donut
          title={t('admin.home.balances')}
          centre={t('admin.home.in_deposits')}
          slices={held.map(({ code, name, balance }) => ({
            id: code,
            label: name,
            value: balance,
          }))}
        />
      )}
    </Card>
  )
}

const MOST_LETTERS = 20

/** As much of a name as fits under a bar. */
const shortened = (name: string) =>
  name.length > MOST_LETTERS ? `${name.slice(0, MOST_LETTERS - 1).trimEnd()}…` : name

function Movements({ products }: { products: Product[] }) {
  const t = useT()
  const moved = products.filter(({ debits, credits }) =>
    [debits, credits].some(({ amount }) => /[1-9]/.test(amount)),
  )
  return (
    <Card title={t('admin.home.movements')}>
      {moved.length === 0 ? (
        <EmptyState
          icon="transfer"
          title={t('admin.home.no_movements')}
          description={t('admin.home.no_movements_text')}
        />
      ) : (
        <Bars
          title={t('admin.home.movements_of')}
          series={[t('admin.home.came_in'), t('admin.home.went_out')]}
          groups={moved.map(({ name, credits, debits }) => ({
            label: shortened(name),
            values: [credits, debits],
          }))}
        />
      )}
    </Card>
  )
}
