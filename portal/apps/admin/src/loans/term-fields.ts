import type { Field, Scalar } from '../platform/parameters/form/fields'

type Say = (key: string) => string
export type TermsPart = {
  name: string
  fields: Field[]
  /** Whether they are terms of the loan, or stand beside them in the request. */
  inTerms: boolean
  /** Shown at once for a loan without a product. */
  open?: boolean
}

const PERIODS = [1, 2, 3, 4, 6, 12, 24, 26, 52, 360, 365]
const FORMULAS = [
  'regular',
  'regular_exceptions',
  'fixed_principal',
  'geometric',
  'step_geometric',
  'arithmetic',
  'flat',
  'interest_only',
  'bullet',
  'irregular',
]
const DAY_COUNTS = [
  'same_as_repayment_period',
  '30/360_period',
  '30/364_period',
  '30/365_period',
  '30/360_bank',
  '30/360_us',
  '30/360_european',
  'actual/360',
  'actual/364',
  'actual/365',
  'actual/actual_isda',
  'actual/actual_year_end',
  'actual/actual_leap_day',
  'actual/actual_starting_year',
]
const MODES = ['half_up', 'half_even', 'down', 'up']

/** Fields of the loan simulator's request, in the words of the language on screen. */
export function partsOf(t: Say): TermsPart[] {
  const described = (name: string) => ({
    name,
    label: t(`admin.simulate.field.${name}`),
    help: '',
    unit: null,
    ref: null,
    required: false,
    nullable: true,
    inheritable: false,
    overridable: false,
    fallback: undefined,
  })
  const scalar = (name: string, kind: Scalar): Field => ({
    ...described(name),
    kind: 'scalar',
    scalar: kind,
    least: null,
    most: null,
  })
  const choice = (name: string, values: (string | number)[], family = name): Field => ({
    ...described(name),
    kind: 'choice',
    choices: values.map((value) => ({
      value,
      label:
        typeof value === 'number' ? String(value) : t(`admin.simulate.choice.${family}.${value}`),
    })),
  })
  const group = (name: string, fields: Field[]): Field => ({
    ...described(name),
    kind: 'group',
    fields,
  })
  const rows = (name: string, fields: Field[]): Field => ({
    ...described(name),
    kind: 'rows',
    fields,
  })
  const quoted = group('quoted', [
    choice('kind', ['nominal', 'effective'], 'rate_kind'),
    choice('periods_per_year', PERIODS),
    choice('timing', ['arrears', 'advance']),
  ])
  const rate = group('rate', [
    scalar('percent', 'percent'),
    scalar('index', 'text'),
    scalar('spread_points', 'percent'),
    choice('spread_stage', ['before_conversion', 'at_effective', 'compounded']),
    quoted,
  ])
  const slot = [
    scalar('code', 'text'),
    choice('base', ['fixed', 'balance', 'original', 'instalment', 'balance_and_interest', 'slot']),
    scalar('percent', 'percent'),
    scalar('amount', 'amount'),
    scalar('life_table', 'text'),
    scalar('of', 'text'),
    choice('timing', ['arrears', 'advance', 'up_front']),
    scalar('first_instalment', 'integer'),
    scalar('last_instalment', 'integer'),
    scalar('included_in_level', 'boolean'),
  ]
  return [
    {
      name: 'rate',
      inTerms: true,
      open: true,
      fields: [
        rate,
        choice('interest_timing', ['arrears', 'advance'], 'timing'),
        rows('later_rates', [scalar('since', 'date'), rate]),
      ],
    },
    {
      name: 'method',
      inTerms: true,
      open: true,
      fields: [
        choice('formula', FORMULAS),
        choice('day_count', DAY_COUNTS),
        choice('interest_method', ['simple', 'compound']),
        choice('compounding', ['per_period', 'continuous']),
        choice('conversion', ['equivalent', 'as_quoted']),
        choice('level_basis', ['accrued', 'nominal']),
        scalar('fixed_principal', 'amount'),
        scalar('capitalises', 'boolean'),
        group('growth', [
          scalar('every_instalments', 'integer'),
          scalar('percent', 'percent'),
          scalar('amount', 'amount'),
        ]),
      ],
    },
    {
      name: 'grace',
      inTerms: true,
      fields: [
        group('grace', [
          { ...scalar('principal', 'integer'), label: t('admin.simulate.field.grace_principal') },
          scalar('interest_payment', 'integer'),
          scalar('interest_charge', 'integer'),
          choice('deferred', ['next', 'spread', 'capitalised']),
        ]),
        group('rounding', [
          scalar('unit', 'amount'),
          choice('mode', MODES, 'rounding'),
          choice('interest_mode', MODES, 'rounding'),
          choice('residue', ['last', 'first', 'spread', 'levelled']),
          scalar('interest_by_segment', 'boolean'),
        ]),
      ],
    },
    { name: 'charges', inTerms: true, fields: [rows('charges', slot), rows('insurances', slot)] },
    {
      name: 'insured',
      inTerms: false,
      fields: [
        rows('insured', [
          scalar('birth_date', 'date'),
          scalar('share_percent', 'percent'),
          scalar('extra_points', 'percent'),
        ]),
      ],
    },
    {
      name: 'draws',
      inTerms: false,
      fields: [rows('draws', [scalar('on', 'date'), scalar('amount', 'amount')])],
    },
    {
      name: 'draw_value',
      inTerms: true,
      fields: [
        choice('draw_value', ['own_date', 'period_start']),
        rows('irregular', [
          scalar('due_on', 'date'),
          scalar('principal', 'amount'),
          scalar('instalment', 'amount'),
        ]),
      ],
    },
    {
      name: 'exceptional',
      inTerms: false,
      fields: [
        rows('exceptional', [
          scalar('amount', 'amount'),
          scalar('number', 'integer'),
          scalar('on', 'date'),
          choice('mode', ['add', 'replace'], 'exceptional_mode'),
        ]),
      ],
    },
    {
      name: 'events',
      inTerms: false,
      fields: [
        rows('events', [
          choice(
            'kind',
            ['payment', 'payoff', 'rate_change', 'draw', 'skip', 'postponement', 'extension'],
            'event',
          ),
          scalar('on', 'date'),
          scalar('amount', 'amount'),
          choice('effect', ['lower_instalment', 'shorten_term', 'held']),
          scalar('number', 'integer'),
          choice('mode', ['recalculate', 'to_end', 'interest_forgiven'], 'skip_mode'),
          scalar('due_on', 'date'),
          scalar('instalments', 'integer'),
          rate,
        ]),
      ],
    },
  ]
}
