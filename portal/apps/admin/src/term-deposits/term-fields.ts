import { valueAt, type Body } from '../platform/parameters/form/body'
import type { Choice, Field, Scalar } from '../platform/parameters/form/fields'

export const PLAN_KIND = 'term_deposits.plan'
/** The bank's words for the terms of a plan: own terms mean what they mean there. */
export const WORDS = `fields.${PLAN_KIND}.`
export type Words = Record<string, string>

export type TermsPart = {
  name: 'deposit_rate' | 'rates' | 'interest' | 'maturity' | 'withholding' | 'early_cancellation'
  /** The group that its fields are in; none for the terms themselves. */
  group?: string
  fields: Field[]
  /** Names of the fields that tell most of it in a line. */
  digest: string[]
  /** Those whose values say little without what they are called. */
  labelled?: string[]
}

const CYCLES = ['monthly', 'quarterly', 'half_yearly', 'yearly']
const DAY_COUNTS = [
  'actual/360',
  'actual/365',
  'actual/364',
  '30/360_bank',
  '30/360_us',
  '30/360_european',
  'actual/actual_isda',
  'actual/actual_year_end',
  'actual/actual_leap_day',
  'actual/actual_starting_year',
]
const ROUNDINGS = ['half_up', 'half_even', 'down', 'up']
const PERIODS = ['calendar', 'thirty_days']
const SHIFTS = ['next', 'previous', 'same_month', 'none']
const PENALTIES = [
  'none',
  'percent_of_amount',
  'percent_of_interest',
  'days_of_interest',
  'rate_reduction',
]
/** What the value of a penalty counts, where it is no percentage. */
const PENALTY_UNITS: Record<string, string> = { days_of_interest: 'days', rate_reduction: 'points' }

type Told = { words: Words; figures: Choice[]; penalty: string }

/** Every term that the simulator takes of no product, in the words of the language on screen. */
export function partsOf({ words, figures, penalty }: Told): TermsPart[] {
  const described = (path: string, said = path) => ({
    name: path.split('.').at(-1) ?? path,
    label: words[`${WORDS}${said}.label`] ?? path,
    help: words[`${WORDS}${said}.help`] ?? '',
    unit: null,
    ref: null,
    required: false,
    nullable: false,
    inheritable: false,
    overridable: false,
    fallback: undefined,
  })
  const scalar = (path: string, kind: Scalar, more: Partial<Field> = {}) =>
    ({
      ...described(path),
      kind: 'scalar',
      scalar: kind,
      least: null,
      most: null,
      ...more,
    }) as Field
  const days = (path: string, more: Partial<Field> = {}) =>
    scalar(path, 'integer', { unit: 'days', ...more })
  const choice = (path: string, values: string[]): Field => ({
    ...described(path),
    kind: 'choice',
    choices: values.map((value) => ({
      value,
      label: words[`${WORDS}${path}.options.${value}`] ?? value,
    })),
  })
  const rows = (path: string, fields: Field[]): Field => ({
    ...described(path),
    kind: 'rows',
    fields,
  })
  const figure = (path: string): Field =>
    figures.length === 0
      ? scalar(path, 'text')
      : {
          ...described(path),
          kind: 'choice',
          nullable: true,
          ref: 'administration.regulatory_figure',
          choices: figures,
        }
  const penaltyUnit = { unit: PENALTY_UNITS[penalty] ?? 'percent' }
  const required = { required: true }
  return [
    {
      name: 'deposit_rate',
      digest: [],
      fields: [
        scalar('rate', 'percent', { ...described('rate', 'rates.rate') }),
        choice('rate_kind', ['nominal', 'effective']),
        scalar('bonus_rate', 'percent'),
        days('bonus_days'),
      ],
    },
    {
      name: 'rates',
      digest: [],
      fields: [
        rows('rates', [
          scalar('rates.from_amount', 'amount', { ...required, fallback: '0' }),
          scalar('rates.to_amount', 'amount'),
          days('rates.from_days', required),
          days('rates.to_days', required),
          scalar('rates.rate', 'percent', required),
        ]),
      ],
    },
    {
      name: 'interest',
      digest: ['day_count', 'compounding', 'capitalisation'],
      labelled: ['capitalisation'],
      fields: [
        choice('day_count', DAY_COUNTS),
        choice('compounding', ['simple', 'daily']),
        choice('capitalisation', CYCLES),
        choice('reinvest_advance', ['full', 'one_pass']),
        choice('period_unit', PERIODS),
        choice('interest_rounding', ROUNDINGS),
      ],
    },
    {
      name: 'maturity',
      digest: ['due_date_shift', 'grace_days'],
      labelled: ['due_date_shift', 'grace_days'],
      fields: [
        choice('maturity_unit', PERIODS),
        choice('due_date_shift', SHIFTS),
        scalar('accrue_on_roll', 'boolean'),
        days('grace_days'),
        scalar('maturity_rate', 'percent'),
      ],
    },
    {
      name: 'withholding',
      group: 'withholding',
      digest: ['source', 'percent', 'figure_code'],
      fields: [
        choice('withholding.source', ['none', 'percent', 'figure']),
        scalar('withholding.percent', 'percent'),
        figure('withholding.figure'),
        scalar('withholding.figure_code', 'text'),
        days('withholding.exempt_days'),
        figure('withholding.exempt_days_figure'),
        scalar('withholding.exempt_days_code', 'text'),
        scalar('withholding.daily_threshold', 'amount'),
      ],
    },
    {
      name: 'early_cancellation',
      group: 'early_cancellation',
      digest: ['allowed', 'method', 'value'],
      fields: [
        scalar('early_cancellation.allowed', 'boolean'),
        choice('early_cancellation.method', PENALTIES),
        scalar('early_cancellation.value', 'percent', penaltyUnit),
        rows('early_cancellation.bands', [
          days('early_cancellation.bands.from_days', required),
          scalar('early_cancellation.bands.value', 'percent', { ...required, ...penaltyUnit }),
        ]),
        scalar('early_cancellation.minimum', 'amount'),
        scalar('early_cancellation.maximum', 'amount'),
        scalar('early_cancellation.free_percent', 'percent'),
        scalar('early_cancellation.may_touch_principal', 'boolean'),
      ],
    },
  ]
}

/** The path of a part's field in the terms. */
export const pathIn = ({ group }: TermsPart, field: Field) =>
  group === undefined ? field.name : `${group}.${field.name}`

/** Every path of a part at which the form may say that something is wrong, rows one by one. */
export function leavesIn(part: TermsPart, terms: Body): string[] {
  return part.fields.flatMap((field) => {
    const path = pathIn(part, field)
    const rows = field.kind === 'rows' ? valueAt(terms, path.split('.')) : undefined
    if (field.kind !== 'rows' || !Array.isArray(rows)) return [path]
    return [path, ...rows.flatMap((_, at) => leavesOf(field.fields, `${path}.${at}.`))]
  })
}

const leavesOf = (fields: readonly Field[], under: string): string[] =>
  fields.flatMap((field) => {
    const path = `${under}${field.name}`
    return field.kind === 'rows' ? [path, ...leavesOf(field.fields, `${path}.`)] : [path]
  })

const SHOWN = new Set(
  partsOf({ words: {}, figures: [], penalty: '' }).flatMap(({ group, fields }) =>
    group === undefined ? leavesOf(fields, '') : [group, ...leavesOf(fields, `${group}.`)],
  ),
)
/** Fields of the form that show what the API says of a term that it has no field for: a bonus alone is refused so. */
const ELSEWHERE: Record<string, string> = { bonus_rate: 'payments' }
const shownElsewhere = new Set(Object.values(ELSEWHERE))

/** Whether the form shows what the API says of `terms.…`. */
export function shows(field: string): boolean {
  const [root, ...steps] = field.split('.')
  const path = steps.filter((step) => !/^\d+$/.test(step)).join('.')
  return root === 'terms' && (SHOWN.has(path) || shownElsewhere.has(path))
}

/** What the API says of each field of the form, by its path in the terms. */
export const errorsOf =
  (said: (field: string) => string | undefined) =>
  (path: string): string | undefined => {
    const other = ELSEWHERE[path]
    return said(`terms.${path}`) ?? (other === undefined ? undefined : said(`terms.${other}`))
  }
