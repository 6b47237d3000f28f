import type { LoanProduct, TermProduct } from '../src/api'

const money = (amount: string) => ({ amount, currency: 'USD' })

export function aLoanProduct(changes: Partial<LoanProduct> = {}): LoanProduct {
  return {
    code: 'CONSUMO',
    name: 'Crédito de Consumo',
    description: '',
    requirements: [],
    loan_type: 'consumer',
    currency: 'USD',
    amount_min: money('300.00'),
    amount_max: money('20000.00'),
    term_unit: 'months',
    term_min: 6,
    term_max: 60,
    frequencies: [
      { unit: 'months', every: 1, label: 'Mensual', instalments_min: 6, instalments_max: 60 },
      { unit: 'months', every: 3, label: 'Trimestral', instalments_min: 2, instalments_max: 20 },
    ],
    methods: [
      { code: 'LEVEL', name: 'Cuota nivelada', formula: 'regular', words: '' },
      { code: 'FIXED', name: 'Capital fijo', formula: 'fixed_principal', words: '' },
    ],
    rate_kind: 'fixed',
    nominal: '15.6',
    effective: '16.765',
    quoted: 'nominal',
    periods_per_year: 12,
    timing: 'arrears',
    tiers: [],
    options: [
      {
        code: 'LIFE',
        name: 'Vida',
        kind: 'insurance',
        optional: true,
        needs_birth_date: true,
        base: 'balance',
        timing: 'with_instalment',
        percent: null,
        amount: null,
      },
    ],
    first_due_days_max: 62,
    published: true,
    notices: [],
    ...changes,
  }
}

export function aTermProduct(changes: Partial<TermProduct> = {}): TermProduct {
  return {
    code: 'PF',
    name: 'Plazo Fijo',
    description: '',
    currency: 'USD',
    minimum_amount: money('100.00'),
    maximum_amount: money('250000.00'),
    minimum_days: 31,
    maximum_days: 1080,
    rate_kind: 'nominal',
    rates: [
      {
        from_amount: money('0.00'),
        to_amount: money('1000.00'),
        from_days: 31,
        to_days: 1080,
        rate: '6.75',
      },
      {
        from_amount: money('1000.00'),
        to_amount: null,
        from_days: 180,
        to_days: 360,
        rate: '7.50',
      },
    ],
    day_count: 'actual/360',
    compounding: 'simple',
    payments: ['maturity', 'monthly'],
    capitalisation: null,
    grace_days: 5,
    early_cancellation_allowed: true,
    withholding_percent: '2.00',
    withholding_exempt_days: 360,
    to_be_confirmed: false,
    ...changes,
  }
}
