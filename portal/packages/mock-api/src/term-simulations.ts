import type { components } from '../../api-client/src/schema'
import { amountIn, BUSINESS_DATE } from './member-accounts'
import { MockProblem, type MockCall } from './router'
import { DAY_MILLIS, daysLater, inEnglish, NOT_OFFERED, tenantIn } from './simulation-parts'

type TermBody = components['schemas']['SimulationRequest']

export function termProducts(call: MockCall) {
  const en = inEnglish(call)
  const colombian = call.subject === 'usr_camilo' || tenantIn(call) === 'frailejon'
  const currency = colombian ? 'COP' : 'USD'
  const money = (whole: number) => amountIn(currency, colombian ? whole * 4000 : whole * 100)
  return [
    {
      code: 'PF',
      name: en ? 'Fixed Term' : 'Plazo Fijo',
      description: en
        ? 'Choose the term and how you receive your interest.'
        : 'Elija el plazo y cómo recibir su interés.',
      currency,
      minimum_amount: money(100),
      maximum_amount: money(250000),
      minimum_days: 31,
      maximum_days: 1080,
      rate_kind: 'nominal',
      rates: [
        { from_amount: money(0), to_amount: null, from_days: 31, to_days: 179, rate: '6.00' },
        { from_amount: money(0), to_amount: null, from_days: 180, to_days: 1080, rate: '7.50' },
      ],
      day_count: 'actual/360',
      compounding: 'simple',
      payments: ['maturity', 'monthly', 'quarterly'],
      capitalisation: null,
      grace_days: 5,
      early_cancellation_allowed: true,
      withholding_percent: '2.00',
      withholding_exempt_days: 360,
      to_be_confirmed: true,
    },
  ]
}

/** What staff may change of a product for one simulation. */
export const PLAN_TERMS = {
  day_count: 'actual/360',
  grace_days: 5,
  maturity_rate: '1',
  withholding: { source: 'percent', percent: '2', exempt_days: 360 },
}

const NO_RATE = {
  es: 'Escriba una tasa, o una tabla de tasas: una de las dos cosas.',
  en: 'Write one rate, or a table of rates: one of the two.',
}

/** The product that is asked for, or what stands for one where the terms are somebody's own. */
function productOf(call: MockCall, { product: code, terms }: TermBody) {
  const products = termProducts(call)
  const [first] = products
  if (code === null && first && terms) {
    if (!terms.rate && !terms.rates)
      throw new MockProblem(422, 'rate_or_table', NO_RATE, { field: 'terms.rate' })
    return { ...first, code: '', name: inEnglish(call) ? 'Own terms' : 'Condiciones propias' }
  }
  const found = products.find((each) => each.code === code)
  if (found) return found
  throw new MockProblem(422, 'unknown_term_deposit', NOT_OFFERED, { field: 'product' })
}

export function simulateTerm(call: MockCall) {
  const body = call.body as TermBody
  const en = inEnglish(call)
  const product = productOf(call, body)
  const own = body.terms ?? undefined
  const { currency } = product
  const money = (minor: number) => amountIn(currency, minor)
  const start = body.opening_date ?? BUSINESS_DATE
  const between = (end: string) => Math.round((Date.parse(end) - Date.parse(start)) / DAY_MILLIS)
  const days = body.term_days ?? between(body.maturity_date ?? start)
  const capital = Math.round(Number(body.amount.amount) * (currency === 'COP' ? 1 : 100))
  const rate = own?.rate ? Number(own.rate) : days < 180 ? 6 : 7.5
  const percent = own ? Number(own.withholding?.percent ?? 0) : 2
  const every = body.payment === 'monthly' ? 30 : body.payment === 'quarterly' ? 90 : days
  const taxed = days < 360
  const ends = Array.from({ length: Math.ceil(days / every) }, (_, index) =>
    Math.min((index + 1) * every, days),
  )
  const sums = { interest: 0, withheld: 0 }
  const rows = ends.map((end, index) => {
    const begin = index * every
    const interest = Math.round((capital * rate * (end - begin)) / 36000)
    const withheld = taxed ? Math.round((interest * percent) / 100) : 0
    const last = index === ends.length - 1
    sums.interest += interest
    sums.withheld += withheld
    return {
      number: index + 1,
      start: daysLater(start, begin),
      date: daysLater(start, end),
      days: end - begin,
      rate_percent: rate.toFixed(4),
      interest: money(interest),
      withheld: money(withheld),
      net: money(interest - withheld),
      capital: money(last ? 0 : capital),
      principal_paid: money(last ? capital : 0),
      paid: money(interest - withheld + (last ? capital : 0)),
    }
  })
  const cancel = body.cancel_after_days
  const maturity = daysLater(start, days)
  const indicative = en
    ? 'This simulation is for information: the terms are those of today and reserve no rate.'
    : 'Esta simulación es informativa: las condiciones son las de hoy y no reservan la tasa.'
  return {
    product: product.code,
    product_name: product.name,
    amount: money(capital),
    opening_date: start,
    term_days: days,
    counted_days: days,
    agreed_maturity_date: maturity,
    maturity_date: maturity,
    payment: body.payment ?? 'maturity',
    day_count: 'actual/360',
    rate_kind: 'nominal',
    rate: rate.toFixed(4),
    nominal_rate: rate.toFixed(4),
    effective_rate: '7.6406',
    gross_yield: '7.7536',
    net_yield: '7.5961',
    no_yield: null,
    withholding: {
      percent: percent.toFixed(2),
      exempt_days: 360,
      exemption: taxed ? null : 'term',
      to_be_confirmed: true,
    },
    rows,
    totals: {
      interest: money(sums.interest),
      withheld: money(sums.withheld),
      net: money(sums.interest - sums.withheld),
      received: money(capital + sums.interest - sums.withheld),
      maturity_amount: rows.at(-1)?.paid,
    },
    grace: {
      days: 5,
      until: daysLater(maturity, 5),
      rate_percent: '1.0000',
      interest: money(69),
    },
    early_cancellation:
      cancel === null || cancel === undefined
        ? null
        : {
            date: daysLater(start, cancel),
            elapsed_days: cancel,
            interest: money(Math.round((capital * rate * cancel) / 72000)),
            withheld: money(0),
            penalty: money(Math.round((capital * rate * cancel) / 72000)),
            received: money(capital + Math.round((capital * rate * cancel) / 72000)),
          },
    formula: {
      code: 'simple',
      words: en
        ? 'Simple interest: capital × annual rate × days ÷ days of the year.'
        : 'Interés simple: capital × tasa anual × días ÷ días del año.',
      worked: `${body.amount.amount} × ${rate} % × ${rows[0]?.days} ÷ 360 = ${rows[0]?.interest.amount}`,
    },
    notices: [
      {
        code: 'tax_to_be_confirmed',
        important: true,
        text: en
          ? 'The withholding uses a figure to be confirmed.'
          : 'La retención usa una cifra por confirmar.',
      },
      { code: 'indicative', important: false, text: indicative },
    ],
    to_be_confirmed: true,
  }
}
