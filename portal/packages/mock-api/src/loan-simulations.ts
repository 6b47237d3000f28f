import type { components } from '../../api-client/src/schema'
import { amountIn, BUSINESS_DATE } from './member-accounts'
import { MockProblem, type MockCall } from './router'
import { inEnglish, monthsLater, NOT_OFFERED, tenantIn } from './simulation-parts'

type Schemas = components['schemas']
type LoanProduct = Schemas['LoanProductView']
type LoanBody = Schemas['LoanSimulationRequest']

/** Products of loans as the API answers them; another cooperative's are in its own currency. */
export function loanProducts(call: MockCall): LoanProduct[] {
  const en = inEnglish(call)
  const colombian = call.subject === 'usr_camilo' || tenantIn(call) === 'frailejon'
  const currency = colombian ? 'COP' : 'USD'
  const scale = colombian ? 4000 : 1
  const money = (whole: number) => amountIn(currency, whole * scale * (colombian ? 1 : 100))
  const base = {
    currency,
    first_due_days_max: 62,
    notices: [],
    periods_per_year: 12,
    published: true,
    quoted: 'nominal',
    rate_kind: 'fixed',
    term_unit: 'months',
    timing: 'arrears',
    methods: [
      {
        code: 'LEVEL',
        formula: 'regular',
        name: en ? 'Level instalment' : 'Cuota nivelada',
        words: en ? 'All instalments are the same.' : 'Todas las cuotas son iguales.',
      },
      {
        code: 'FIXED',
        formula: 'fixed_principal',
        name: en ? 'Fixed principal' : 'Capital fijo',
        words: en
          ? 'The same principal each time, and less interest as the balance falls.'
          : 'El mismo capital cada vez; el interés baja con el saldo.',
      },
    ],
    options: [
      {
        code: 'DESGRAVAMEN',
        name: en ? 'Credit life insurance' : 'Seguro de desgravamen',
        kind: 'insurance',
        optional: true,
        needs_birth_date: false,
        base: 'balance',
        timing: 'with_instalment',
        percent: '0.05',
        amount: null,
      },
    ],
  } satisfies Partial<LoanProduct>
  const frequency = (least: number, most: number) => ({
    unit: 'months',
    every: 1,
    label: en ? 'Monthly' : 'Mensual',
    instalments_min: least,
    instalments_max: most,
  })
  const product = (
    code: string,
    name: string,
    description: string,
    [low, high]: [number, number],
    [least, most]: [number, number],
    rate: string,
    effective: string,
  ): LoanProduct => ({
    ...base,
    code,
    name,
    description,
    loan_type: 'consumer',
    amount_min: money(low),
    amount_max: money(high),
    term_min: least,
    term_max: most,
    frequencies: [frequency(least, most)],
    nominal: rate,
    effective,
    tiers: [{ from_amount: money(low), to_amount: money(high), nominal: rate, effective }],
    requirements: [
      {
        from_amount: money(0),
        text: en
          ? 'To be a member with an active savings account.'
          : 'Ser socio con una cuenta de ahorros activa.',
      },
      {
        from_amount: money(5000),
        text: en ? 'A guarantor is needed.' : 'Se necesita un garante.',
      },
    ],
  })
  return [
    product(
      'CONSUMO',
      en ? 'Consumer Loan' : 'Crédito de Consumo',
      en
        ? 'For studies, health, travel or whatever your family needs.'
        : 'Para estudios, salud, viajes o lo que su familia necesite.',
      [300, 20000],
      [6, 60],
      '15.6',
      '16.765',
    ),
    product(
      'MICRO',
      en ? 'Emprende Microcredit' : 'Microcrédito Emprende',
      en
        ? 'For your business, at the pace of your sales.'
        : 'Para su negocio, al ritmo de sus ventas.',
      [200, 10000],
      [3, 36],
      '19.8',
      '21.7',
    ),
    product(
      'VIVIENDA',
      en ? 'Housing Loan' : 'Crédito de Vivienda',
      en ? 'To buy, build or improve your home.' : 'Para comprar, construir o mejorar su casa.',
      [10000, 120000],
      [36, 240],
      '8.8',
      '9.164',
    ),
  ]
}

const OUT_OF_LIMITS = {
  es: 'El plazo está fuera de los límites del producto.',
  en: "The term is outside the product's limits.",
}

/** A level or fixed-principal schedule in whole cents: enough to look at, no measure of the bank's own. */
export function simulateLoan(call: MockCall) {
  const body = call.body as LoanBody
  const en = inEnglish(call)
  const product = loanProducts(call).find(({ code }) => code === body.product)
  if (product === undefined)
    throw new MockProblem(422, 'unknown_loan_product', NOT_OFFERED, { field: 'product' })
  if (body.instalments > product.term_max || body.instalments < product.term_min)
    throw new MockProblem(422, 'term_out_of_limits', OUT_OF_LIMITS, { field: 'instalments' })
  const { currency } = product
  const decimals = currency === 'COP' ? 1 : 100
  const money = (minor: number) => amountIn(currency, minor)
  const principal = Math.round(Number(body.principal.amount) * decimals)
  const count = body.instalments
  const rate = Number(product.nominal) / 1200
  const level = Math.round((principal * rate) / (1 - (1 + rate) ** -count))
  const share = Math.floor(principal / count)
  const insured = body.options.includes('DESGRAVAMEN')
  const start = body.disbursed_on ?? BUSINESS_DATE
  const fixed = body.method === 'FIXED'
  let balance = principal
  const sums = { interest: 0, insurance: 0 }
  const made = Array.from({ length: count }, (_, index) => {
    const interest = Math.round(balance * rate)
    const insurance = insured ? Math.round(balance * 0.0005) : 0
    const last = index === count - 1
    const paid = last ? balance : fixed ? share : level - interest
    balance -= paid
    sums.interest += interest
    sums.insurance += insurance
    return {
      number: index + 1,
      starts_on: monthsLater(start, index),
      due_on: monthsLater(body.first_due_on ?? monthsLater(start, 1), index),
      days: 30,
      principal: money(paid),
      interest: money(interest),
      charges: money(0),
      insurance: money(insurance),
      instalment: money(paid + interest + insurance),
      balance: money(balance),
      drawn: null,
      slots: [],
    }
  })
  const withheld = Math.round(principal * 0.005)
  return {
    product: product.code,
    product_name: product.name,
    method: body.method ?? 'LEVEL',
    method_name: product.methods[fixed ? 1 : 0]?.name ?? '',
    currency,
    principal: money(principal),
    disbursed_on: start,
    first_due_on: made[0]?.due_on,
    last_due_on: made.at(-1)?.due_on,
    instalments: count,
    frequency: en ? 'Monthly' : 'Mensual',
    first_instalment: made[0]?.instalment,
    regular_instalment: money(level),
    last_instalment: made.at(-1)?.instalment,
    rate: {
      kind: 'fixed',
      quoted: product.nominal,
      nominal: product.nominal,
      periods_per_year: '12',
      timing: 'arrears',
      per_period: '1.3',
      effective: product.effective,
      index: null,
      index_percent: null,
      spread_points: null,
      limited: null,
      ceiling: '16.77',
      ceiling_since: '2021-01-01',
    },
    total_cost: { per_period: '1.35', annual: insured ? '17.48' : '16.82', by_dates: true },
    formula: {
      id: fixed ? 'fixed_principal' : 'regular',
      name: product.methods[fixed ? 1 : 0]?.name ?? '',
      words: en
        ? 'All instalments of principal and interest are the same: C = P·i ÷ (1 − (1+i)⁻ⁿ). The last one settles the cents.'
        : 'Todas las cuotas de capital e interés son iguales: C = P·i ÷ (1 − (1+i)⁻ⁿ). La última ajusta los centavos.',
      day_count: 'same_as_repayment_period',
      day_count_words: en
        ? 'As the period of payment: a month is 1/12 of the year'
        : 'Igual al período de pago: un mes es 1/12 del año',
    },
    totals: {
      principal: money(principal),
      interest: money(sums.interest),
      charges: money(withheld),
      insurance: money(sums.insurance),
      paid: money(principal + sums.interest + sums.insurance + withheld),
      cost: money(sums.interest + sums.insurance + withheld),
    },
    disbursement: {
      drawn: money(principal),
      interest: money(0),
      charges: money(withheld),
      insurance: money(0),
      net: money(principal - withheld),
      items: [
        {
          code: 'SOLCA',
          name: en ? 'SOLCA contribution' : 'Contribución a SOLCA',
          kind: 'charge',
          amount: money(withheld),
        },
      ],
    },
    overridden: [],
    notices: [
      {
        code: 'indicative',
        severity: 'information',
        text: en
          ? 'The simulation is indicative: it is neither an offer nor an approval of the loan.'
          : 'La simulación es referencial: no es una oferta ni una aprobación del crédito.',
      },
      {
        code: 'to_be_confirmed',
        severity: 'confirm',
        text: en
          ? 'To be confirmed with the cooperative: SOLCA contribution.'
          : 'Por confirmar con la cooperativa: contribución a SOLCA.',
      },
    ],
    rows: made,
  }
}
