import { isProblem, unwrap } from '@minga/api-client'
import { useFormats, useLanguage, useT } from '@minga/i18n'
import { Notice, PageHeader, PrintHeader, Stack, type ExportFormat } from '@minga/ui'
import { useQuery } from '@tanstack/react-query'
import { useMemo, type ReactNode } from 'react'
import { addressWith } from '../address'
import type { TermBody, TermProduct, TermSimulation } from '../api'
import { useSimulator } from '../context'
import { percentText } from '../figures'
import { OWN_TERMS } from '../own-terms'
import { factsOf, letteredOf } from '../parts/compare'
import { CompareTable } from '../parts/compare-table'
import { ProductCards } from '../parts/product-cards'
import { ProductsAwaited, type Heading } from '../parts/products-awaited'
import { messagesOf, partOf, Refusal, type MessageFor } from '../parts/refusal'
import { SimulatorLayout } from '../parts/simulator-layout'
import { TakeAway } from '../parts/take-away'
import { useOptions, type OptionKind } from '../parts/use-options'
import {
  firstTerm,
  TERM_NAMES,
  termAddress,
  termFaults,
  termFrom,
  termRequest,
  withTermProduct,
  type TermAsk,
} from './ask'
import { ratesOf } from './rate'
import { TermForm } from './term-form'
import { TermDetail, TermSummary } from './term-result'

export type TermSimulatorProps = {
  back?: { to: string; label: string }
  formats?: ExportFormat[]
  /** Terms that only staff set, under the product's own. */
  ownTerms?: (props: OwnTermTermsProps) => ReactNode
  /** Whether those terms show what the bank says of a field. */
  ownTermsSay?: (field: string) => boolean
  /** What stands for a term deposit without a product. */
  ownProduct?: TermProduct
}
export type OwnTermTermsProps = {
  product: TermProduct
  /** Those that are on offer. */
  products: TermProduct[]
  ask: TermAsk
  onChange: (changes: Partial<TermAsk>) => void
  messageFor: MessageFor
}

function useTermProducts() {
  const { client, tenant, visitor, staff } = useSimulator()
  const { current } = useLanguage()
  return useQuery({
    queryKey: ['own', 'term-products', tenant, visitor, staff, current],
    placeholderData: (previous: TermProduct[] | undefined) => previous,
    queryFn: async (): Promise<TermProduct[]> => {
      if (staff) return (await unwrap(client.GET('/term_deposits/plans'))).items
      const query = visitor ? { tenant } : {}
      return (await unwrap(client.GET('/term_deposits/products', { params: { query } }))).items
    },
  })
}

/** The term-deposit simulator: a product, the form within its limits, and what comes of it. */
export function TermSimulator(props: TermSimulatorProps) {
  const t = useT()
  const products = useTermProducts()
  const heading = {
    title: t('simulator.term.title'),
    subtitle: t('simulator.term.text'),
    ...(props.back ? { back: props.back } : {}),
  }
  const { ownProduct } = props
  const { data } = products
  const items = useMemo(
    () => data && (ownProduct ? [...data, ownProduct] : data),
    [data, ownProduct],
  )
  if (items && items.length > 0) return <Simulating {...props} items={items} heading={heading} />
  return (
    <ProductsAwaited
      heading={heading}
      products={products}
      icon="sprout"
      none={t('simulator.term.none')}
    />
  )
}

const ownErrors = partOf(
  new Set(['amount', 'term_days', 'maturity_date', 'payment', 'cancel_after_days']),
)

function requestOf(ask: TermAsk, items: TermProduct[], tenant: string): TermBody {
  const product = items.find(({ code }) => code === ask.product)
  if (product === undefined) throw new Error(`${ask.product} is not offered`)
  return termRequest(ask, product, tenant) as TermBody
}

function useTermKind(items: TermProduct[]): OptionKind<TermAsk, TermSimulation> {
  const { client, tenant, visitor, staff } = useSimulator()
  return useMemo(
    () => ({
      name: 'term',
      names: TERM_NAMES,
      toAddress: termAddress,
      fromAddress: (fields) => termFrom(fields, items),
      unpinned: (ask) => (staff ? ask : { ...ask, openedOn: '' }),
      pinned: (ask, answer) => ({ ...ask, openedOn: answer.opening_date }),
      project: async (ask) => {
        const projected = (one: TermAsk) =>
          unwrap(
            client.POST('/term_deposits/simulations', {
              body: requestOf(one, items, visitor ? tenant : ''),
            }),
          )
        try {
          return await projected(ask)
        } catch (error) {
          // The day of the link is over, and only staff may look back: today's answer instead.
          if (!isProblem(error, 'opening_date_out_of_range') || staff) throw error
          return projected({ ...ask, openedOn: '' })
        }
      },
    }),
    [client, tenant, visitor, staff, items],
  )
}

type SimulatingProps = TermSimulatorProps & {
  items: TermProduct[]
  heading: Heading
}

function Simulating(props: SimulatingProps) {
  const { items, heading, formats = ['pdf'], ownTerms, ownTermsSay } = props
  const t = useT()
  const write = useFormats()
  const { client, tenant, visitor, linkBase } = useSimulator()
  const { current: language } = useLanguage()
  const kind = useTermKind(items)
  const first = items[0] as TermProduct
  const state = useOptions(kind, () => firstTerm(first))
  const option = state.options[state.active]
  const draft = option?.draft ?? firstTerm(first)
  const product = items.find(({ code }) => code === draft.product) ?? first
  // The list of products says no business date: until an answer does, the bank alone judges dates.
  const today = state.options.find((each) => each.answer)?.answer?.opening_date ?? ''
  const faults = termFaults(draft, product, today)
  const messageFor = messagesOf(state.refusal)
  const answer = option?.answer
  const projected = option?.projected
  const moved = Boolean(projected?.openedOn && answer && answer.opening_date !== projected.openedOn)

  const link = () => {
    const asks = state.options.map((each) => each.projected && termAddress(each.projected))
    const address = new URL(linkBase)
    address.search = addressWith(address.searchParams, TERM_NAMES, asks).toString()
    return address.toString()
  }
  return (
    <Stack>
      <PrintHeader
        title={t('simulator.term.report')}
        lines={[answer?.product_name, answer && write.money(answer.amount)]}
      />
      <PageHeader
        {...heading}
        screenOnly
        actions={
          projected && answer ? (
            <TakeAway
              link={link()}
              title={t('simulator.term.report')}
              formats={formats}
              fetchDocument={(format) =>
                unwrap(
                  client.POST('/term_deposits/simulations/documents', {
                    body: {
                      ...requestOf(projected, items, visitor ? tenant : ''),
                      format,
                      language,
                    },
                  }),
                )
              }
            />
          ) : undefined
        }
      />
      <ProductCards
        label={t('simulator.term.product')}
        icon="sprout"
        value={product.code}
        products={items.map((each) => {
          if (each.code === OWN_TERMS)
            return {
              code: each.code,
              name: each.name,
              figure: t('simulator.term.own_figure'),
              detail: t('simulator.term.own_detail'),
            }
          const [low, high] = ratesOf(each)
          return {
            code: each.code,
            name: each.name,
            figure:
              low === high
                ? percentText(write, low)
                : t('simulator.term.card_rates', {
                    low: percentText(write, low),
                    high: percentText(write, high),
                  }),
            detail: t('simulator.limits.from', { least: write.money(each.minimum_amount) }),
          }
        })}
        onChange={(code) => {
          const next = items.find((each) => each.code === code)
          if (next) state.change(withTermProduct(draft, next))
        }}
      />
      {product.description && <p>{product.description}</p>}
      {moved && <Notice>{t('simulator.moved')}</Notice>}
      <SimulatorLayout
        state={state}
        faulty={Object.keys(faults).length > 0}
        form={
          <Stack gap={4}>
            <TermForm
              key={`${state.active}-${product.code}`}
              ask={draft}
              product={product}
              today={today}
              faults={faults}
              onChange={state.change}
              messageFor={messageFor}
            />
            {ownTerms?.({
              product,
              products: items.filter(({ code }) => code !== OWN_TERMS),
              ask: draft,
              onChange: state.change,
              messageFor,
            })}
          </Stack>
        }
        refusal={
          <Refusal
            error={state.refusal}
            says={(field) => ownErrors(field) || (ownTermsSay?.(field) ?? false)}
          />
        }
        summary={(found) => <TermSummary answer={found} />}
        detail={(found) => <TermDetail answer={found} />}
        comparison={<Comparison answers={state.options.map((each) => each.answer)} />}
      />
    </Stack>
  )
}

function Comparison({ answers }: { answers: (TermSimulation | undefined)[] }) {
  const t = useT()
  const formats = useFormats()
  const lettered = letteredOf(answers)
  if (lettered.length < 2) return null
  const known = lettered.map(({ answer }) => answer)
  const currency = known[0]?.amount.currency ?? ''
  const money = (amount: string) => formats.money({ amount, currency })
  const percent = (value: string) => percentText(formats, value)
  const fact = factsOf(known, t)
  return (
    <CompareTable
      columns={lettered.map(({ answer, letter }) => ({
        letter,
        name: answer.product_name,
        detail: `${formats.money(answer.amount)} · ${t(`simulator.term.payments.${answer.payment}`)}`,
      }))}
      facts={[
        fact('simulator.term.net', (a) => a.totals.net.amount, money, 'high'),
        fact('simulator.term.gross', (a) => a.totals.interest.amount, money, 'high'),
        fact('simulator.term.withheld', (a) => a.totals.withheld.amount, money, null),
        fact('simulator.term.days', (a) => String(a.term_days), formats.number, null),
        fact('simulator.term.maturity_amount', (a) => a.totals.maturity_amount.amount, money, null),
        fact('simulator.term.effective', (a) => a.effective_rate, percent, 'high'),
        fact('simulator.term.net_yield_column', (a) => a.net_yield, percent, 'high'),
      ]}
    />
  )
}
