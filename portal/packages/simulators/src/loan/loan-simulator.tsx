import { unwrap } from '@minga/api-client'
import { useFormats, useLanguage, useT } from '@minga/i18n'
import { Notice, PageHeader, PrintHeader, Stack, type ExportFormat } from '@minga/ui'
import { useQuery } from '@tanstack/react-query'
import { useMemo, type ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { addressWith, optionsIn } from '../address'
import type { LoanBody, LoanProduct, LoanProducts, LoanSimulation } from '../api'
import { useSimulator } from '../context'
import { percentText } from '../figures'
import { OWN_TERMS } from '../own-terms'
import { CompareTable } from '../parts/compare-table'
import { factsOf, letteredOf } from '../parts/compare'
import { ProductCards } from '../parts/product-cards'
import { ProductsAwaited, type Heading } from '../parts/products-awaited'
import { messagesOf, partOf, Refusal } from '../parts/refusal'
import { SimulatorLayout } from '../parts/simulator-layout'
import { TakeAway } from '../parts/take-away'
import { useOptions, type OptionKind } from '../parts/use-options'
import {
  firstLoan,
  LOAN_NAMES,
  loanAddress,
  loanFaults,
  loanFrom,
  loanRequest,
  withProduct,
  type LoanAsk,
} from './ask'
import { LoanForm } from './loan-form'
import { LoanDetail, LoanSummary } from './loan-result'

export type LoanSimulatorProps = {
  back?: { to: string; label: string }
  formats?: ExportFormat[]
  /** Terms that only staff set, under the product's own. */
  ownTerms?: (props: OwnTermsProps) => ReactNode
  /** What stands for a loan without a product. */
  ownProduct?: LoanProduct
}
export type OwnTermsProps = {
  product: LoanProduct
  ask: LoanAsk
  onChange: (changes: Partial<LoanAsk>) => void
  messageFor: (field: string) => string | undefined
}

/** The loan simulator: a product, the form within its limits, and what comes of it. */
export function LoanSimulator(props: LoanSimulatorProps) {
  const t = useT()
  const { client, tenant, visitor, staff } = useSimulator()
  const { current } = useLanguage()
  const products = useQuery({
    queryKey: ['own', 'loan-products', tenant, visitor, staff, current],
    placeholderData: (previous: LoanProducts | undefined) => previous,
    queryFn: (): Promise<LoanProducts> =>
      staff
        ? unwrap(client.GET('/loans/plans'))
        : unwrap(client.GET('/loans/products', { params: { query: visitor ? { tenant } : {} } })),
  })
  const heading = {
    title: t('simulator.loan.title'),
    subtitle: t('simulator.loan.text'),
    ...(props.back ? { back: props.back } : {}),
  }
  const { ownProduct } = props
  const { data } = products
  const offered = useMemo(
    () => data && (ownProduct ? { ...data, items: [...data.items, ownProduct] } : data),
    [data, ownProduct],
  )
  if (offered && offered.items.length > 0)
    return <Simulating {...props} products={offered} heading={heading} />
  return (
    <ProductsAwaited
      heading={heading}
      products={products}
      icon="loan"
      none={t('simulator.loan.none')}
    />
  )
}

type SimulatingProps = LoanSimulatorProps & {
  products: LoanProducts
  heading: Heading
}

/** Fields that say their own errors. */
const ownErrors = partOf(
  new Set(['principal', 'instalments', 'first_due_on', 'frequency', 'method', 'insured']),
)

function useLoanKind(products: LoanProducts): OptionKind<LoanAsk, LoanSimulation> {
  const { client, tenant, visitor, staff } = useSimulator()
  const { items, business_date: today } = products
  return useMemo(() => {
    const earliest = staff ? '' : today
    return {
      name: 'loan',
      names: LOAN_NAMES,
      toAddress: loanAddress,
      fromAddress: (fields) => loanFrom(fields, items, earliest),
      unpinned: (ask) => (staff ? ask : { ...ask, disbursedOn: '' }),
      pinned: (ask, answer) => ({ ...ask, disbursedOn: answer.disbursed_on }),
      project: (ask) =>
        unwrap(
          client.POST('/loans/simulations', {
            body: requestOf(ask, items, visitor ? tenant : '') as LoanBody,
          }),
        ),
    }
  }, [client, tenant, visitor, staff, items, today])
}

function requestOf(ask: LoanAsk, items: LoanProduct[], tenant: string) {
  const product = items.find(({ code }) => code === ask.product)
  if (product === undefined) throw new Error(`${ask.product} is not offered`)
  return loanRequest(ask, product, tenant)
}

function Simulating({ products, heading, formats = ['pdf'], ownTerms }: SimulatingProps) {
  const t = useT()
  const write = useFormats()
  const { client, tenant, visitor, staff, linkBase } = useSimulator()
  const { current: language } = useLanguage()
  const [search] = useSearchParams()
  const { items, business_date: today } = products
  const kind = useLoanKind(products)
  const first = items[0] as LoanProduct
  const state = useOptions(kind, () => firstLoan(first))
  const option = state.options[state.active]
  const draft = option?.draft ?? firstLoan(first)
  const product = items.find(({ code }) => code === draft.product) ?? first
  const faults = loanFaults(draft, product, today)
  const messageFor = messagesOf(state.refusal)
  const answer = option?.answer
  const moved = !staff && startsInThePast(search, today)

  const link = () => {
    const asks = state.options.map(({ projected }) => projected && loanAddress(projected))
    const address = new URL(linkBase)
    address.search = addressWith(address.searchParams, LOAN_NAMES, asks).toString()
    return address.toString()
  }
  return (
    <Stack>
      <PrintHeader
        title={t('simulator.loan.report')}
        lines={[answer?.product_name, answer && write.money(answer.principal)]}
      />
      <PageHeader
        {...heading}
        screenOnly
        actions={
          option?.projected && answer ? (
            <TakeAway
              link={link()}
              title={t('simulator.loan.report')}
              formats={formats}
              fetchDocument={(format) =>
                unwrap(
                  client.POST('/loans/simulations/documents', {
                    body: {
                      ...(requestOf(
                        option.projected as LoanAsk,
                        items,
                        visitor ? tenant : '',
                      ) as LoanBody),
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
        label={t('simulator.loan.product')}
        icon="loan"
        value={product.code}
        products={items.map((each) => ({
          code: each.code,
          name: each.name,
          figure:
            each.code === OWN_TERMS
              ? t('simulator.loan.own_figure')
              : t('simulator.loan.card_rate', { rate: percentText(write, each.nominal) }),
          detail:
            each.code === OWN_TERMS
              ? t('simulator.loan.own_detail')
              : t('simulator.limits.between', {
                  least: write.money(each.amount_min),
                  most: write.money(each.amount_max),
                }),
        }))}
        onChange={(code) => {
          const next = items.find((each) => each.code === code)
          if (next) state.change(withProduct(draft, next))
        }}
      />
      {product.description && <p>{product.description}</p>}
      {moved && <Notice>{t('simulator.moved')}</Notice>}
      <SimulatorLayout
        state={state}
        faulty={Object.keys(faults).length > 0}
        form={
          <Stack gap={4}>
            <LoanForm
              key={`${state.active}-${product.code}`}
              ask={draft}
              product={product}
              businessDate={today}
              faults={faults}
              onChange={state.change}
              messageFor={messageFor}
            />
            {ownTerms?.({ product, ask: draft, onChange: state.change, messageFor })}
          </Stack>
        }
        refusal={<Refusal error={state.refusal} says={ownErrors} />}
        summary={(found) => <LoanSummary answer={found} />}
        detail={(found) => (
          <LoanDetail answer={found} product={items.find(({ code }) => code === found.product)} />
        )}
        comparison={<Comparison answers={state.options.map((each) => each.answer)} />}
      />
    </Stack>
  )
}

/** Whether the address asked for a day that is over, so that today's is taken. */
function startsInThePast(search: URLSearchParams, today: string): boolean {
  return optionsIn(search, LOAN_NAMES).some((fields) => fields?.o !== undefined && fields.o < today)
}

function Comparison({ answers }: { answers: (LoanSimulation | undefined)[] }) {
  const t = useT()
  const formats = useFormats()
  const lettered = letteredOf(answers)
  const known = lettered.map(({ answer }) => answer)
  if (known.length < 2) return null
  const currency = known[0]?.currency ?? ''
  const money = (amount: string) => formats.money({ amount, currency })
  const fact = factsOf(known, t)
  return (
    <CompareTable
      columns={lettered.map(({ answer, letter }) => ({
        letter,
        name: answer.product_name || t('simulator.loan.own'),
        detail: `${formats.money(answer.principal)} · ${answer.method_name || answer.formula.name}`,
      }))}
      facts={[
        fact('simulator.loan.first_instalment', (a) => a.first_instalment.amount, money, 'low'),
        fact('simulator.loan.instalments', (a) => String(a.instalments), formats.number, null),
        fact('simulator.loan.total_interest', (a) => a.totals.interest.amount, money, 'low'),
        fact('simulator.loan.total_cost', (a) => a.totals.cost.amount, money, 'low'),
        fact('simulator.loan.total_paid', (a) => a.totals.paid.amount, money, 'low'),
        fact(
          'simulator.loan.annual_cost',
          (a) => a.total_cost.annual,
          (value) => percentText(formats, value),
          'low',
        ),
      ]}
    />
  )
}
