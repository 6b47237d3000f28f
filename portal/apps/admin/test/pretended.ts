import {
  sessionRoutes,
  tenantRoutes,
  type MockCall,
  type MockPerson,
  type MockRoute,
} from '@minga/mock-api'

/** A cooperative as its staff see it: one account with everything an account can have. */
export const TODAY = '2026-03-18'

export const teller: MockPerson = {
  tenant: 'chakana',
  username: 'rosa',
  password: 'Chakana-2026',
  user: { id: 'usr_1', username: 'rosa', name: 'Rosa Quispe', language: 'es' },
}

const usd = (amount: string) => ({ amount, currency: 'USD' })

const account = (id: string, number: string) => ({
  id,
  number,
  party_id: 'pty_1',
  holder: 'María Guamán',
  branch: '1',
  plan: 'corriente',
  plan_name: 'Cuenta corriente',
  product_class: 'checking',
  currency: 'USD',
  state: 'active',
  status: 'active',
  opened_on: '2024-05-02',
  ledger: usd('-120.00'),
  available: usd('-420.00'),
  held: usd('0.00'),
  accrued_interest: '0.00',
  in_base: {},
  terms: [
    { field: 'allows_cheques', value: true, source: 'plan' },
    { field: 'od_group_ordinary', value: 'basico', source: 'plan' },
  ],
  user_fields: {},
  alias: '',
  officer: 'OF7',
  marketing_codes: ['JOVEN'],
  cautions: 0,
  version: 3,
})

const overdraft = {
  accrued_interest: '1.2345',
  bucket: 1,
  days: 12,
  excess: usd('0.00'),
  limit: usd('500.00'),
  overdrawn: usd('120.00'),
  since: '2026-03-06',
  slices: [
    {
      source: 'account',
      code: '',
      limit: usd('100.00'),
      used: usd('100.00'),
      free: usd('0.00'),
      rate: '15.00',
    },
    {
      source: 'group',
      code: 'basico',
      limit: usd('400.00'),
      used: usd('20.00'),
      free: usd('380.00'),
      rate: '18.00',
    },
  ],
  spendable: usd('380.00'),
  suspended_on: null,
}

const balances = {
  account_id: 'acc_1',
  accrued_interest: '0.00',
  available: usd('-420.00'),
  buckets: [{ amount: usd('300.00'), days: 2, release_on: '2026-03-20' }],
  business_date: TODAY,
  held: usd('0.00'),
  in_base: {},
  ledger: usd('-120.00'),
  overdraft,
  uncleared: usd('300.00'),
}

const limit = {
  id: 'odl_1',
  account_id: 'acc_1',
  kind: 'ordinary',
  amount: usd('100.00'),
  rate_steps: [
    { days: 30, rate: '15.00' },
    { days: null, rate: '18.00' },
  ],
  valid_from: '2026-01-01',
  valid_until: '2026-12-31',
  state: 'active',
  reason: 'Buen pagador',
  set_by: 'usr_1',
  set_at: '2026-01-01T14:00:00Z',
  approved_by: '',
  collateral_type: '',
  collateral_ref: '',
  ended_by: '',
  end_reason: '',
}

const charge = {
  id: 'chg_1',
  account_id: 'acc_1',
  charge: 'MANTENIMIENTO',
  trigger: 'cycle',
  amount: usd('2.00'),
  tax: usd('0.24'),
  state: 'pending',
  made_on: '2026-02-28',
  due_from: '2026-03-01',
  reason: '',
  waived_by: '',
  entry_id: '',
}

const stop = {
  id: 'stp_1',
  account_id: 'acc_1',
  first: 7,
  last: 9,
  kind: 'lost',
  state: 'active',
  reason: 'Los perdió en el bus',
  payee: '',
  amount: null,
  reported_by: 'usr_1',
  reported_at: '2026-03-10T15:00:00Z',
  expires_on: null,
  ended_by: '',
  ended_on: null,
}

const scheduled = {
  id: 'sch_1',
  from_account: 'acc_1',
  to_account: 'acc_2',
  amount: usd('25.00'),
  narrative: 'Cuota',
  date: '2026-03-25',
  state: 'scheduled',
  entry_id: '',
  problem: '',
  ordered_by: 'usr_1',
  version: 1,
}

const quote = {
  account_id: 'acc_1',
  business_date: TODAY,
  ledger: usd('-120.00'),
  interest: usd('0.00'),
  tax: usd('0.00'),
  charges: [{ charge: 'MANTENIMIENTO', amount: usd('2.00'), tax: usd('0.24'), waiting: true }],
  payout: usd('-122.24'),
  obstacles: ['overdrawn', 'cheques'],
}

const forms = [
  { code: 'DEP', name: 'Depósito en efectivo', operation: 'cash_deposit', dated: true },
  { code: 'DEPCH', name: 'Depósito en cheque', operation: 'cheque_deposit', dated: false },
  { code: 'TRF', name: 'Transferencia', operation: 'transfer_out', dated: false },
].map(({ code, name, operation, dated }) => ({
  code,
  name,
  operation,
  side: 'credit',
  path: '',
  fields: [
    { name: 'amount', kind: 'money', required: true },
    { name: 'narrative', kind: 'text', required: false },
    ...(dated ? [{ name: 'value_date', kind: 'date', required: false }] : []),
  ],
  clearing_days: 0,
  approval_over: code === 'DEP' ? '5000.00' : null,
  charge: null,
}))

const caution = {
  id: 'cau_1',
  account_id: 'acc_3',
  text: 'Pedir la cédula: hubo un intento de suplantación',
  state: 'active',
  placed_by: 'usr_1',
  placed_at: '2026-03-10T15:00:00Z',
  expires_on: null,
  removed_by: '',
  removal_reason: '',
}

const statusChange = {
  id: 'stc_1',
  account_id: 'acc_1',
  before: 'active',
  after: 'blocked',
  changed_on: '2026-02-02',
  changed_by: 'rosa',
  changed_at: '2026-02-02T15:00:00Z',
  reason: 'Pedido del titular',
}

const maintained = {
  field: 'officer',
  before: '',
  after: 'OF7',
  by: 'usr_1',
  by_name: 'Rosa Quispe',
  approver: '',
  channel: 'console',
  business_date: '2026-02-03',
  at: '2026-02-03T16:00:00Z',
}

const status = (code: string, label: string, manual: boolean, asksWhy: boolean) => ({
  kind: 'deposits.status_code',
  code,
  label,
  state: 'effective',
  body: { manual, reason_required: asksWhy, next_codes: [] },
})
const statuses = [
  status('active', 'Activa', true, false),
  status('blocked', 'Bloqueada', true, true),
  status('dormant', 'Inmovilizada', false, false),
]

const movement = (entry: string, code: string, amount: string, balance: string) => ({
  entry_id: entry,
  business_date: TODAY,
  value_date: TODAY,
  posted_at: '2026-03-18T14:00:00Z',
  code,
  description: code === 'DEP' ? 'Depósito en efectivo' : 'Retiro en efectivo',
  narrative: '',
  amount: usd(amount),
  balance: usd(balance),
  channel: 'console',
  branch: '1',
  reverses: '',
  reversed_by: entry === 'ent_8' ? 'ent_9' : '',
})

const periods = [
  {
    first: '2026-03-01',
    last: '2026-03-18',
    cycle: 'current',
    issued: false,
    ends_on: '2026-03-31',
  },
  {
    first: '2026-02-01',
    last: '2026-02-28',
    cycle: '2026-02-28',
    issued: true,
    ends_on: null,
  },
]

const receipt = ({ params, body }: MockCall) => {
  const asked = body as { amount: ReturnType<typeof usd>; code: string; narrative: string }
  return {
    id: 'ent_1',
    entry_id: 'ent_1',
    account: { id: params.account_id, number: '0001-7', holder: 'María Guamán' },
    actor: 'rosa',
    amount: asked.amount,
    available: usd('-420.00'),
    branch: '1',
    business_date: TODAY,
    charges: [
      { charge: 'DEPOSITO', amount: usd('0.50'), tax: false },
      { charge: 'DEPOSITO', amount: usd('0.06'), tax: true },
    ],
    code: asked.code || 'DEP',
    ledger: usd('180.00'),
    narrative: asked.narrative,
    posted_at: '2026-03-18T15:00:00Z',
    warnings: [{ code: 'cash_limit', message: 'La caja supera su límite de efectivo.' }],
  }
}

const reportFile = {
  id: 'rpf_1',
  branch: '1',
  business_date: '2026-03-17',
  content_type: 'application/pdf',
  filename: 'saldos-2026-03-17.pdf',
  format: 'pdf',
  kept_until: '2026-06-17',
  language: 'es',
  made_at: '2026-03-17T23:40:00Z',
  report: 'deposits.balances',
  rows: 214,
  title: 'Saldos de cuentas',
  url: null as string | null,
}

const due = {
  id: 'due_1',
  application: 'deposits',
  kind: 'scheduled_transfer',
  branch: '1',
  due_on: TODAY,
  state: 'failed',
  tries: 1,
  tried_on: TODAY,
  problem: 'insufficient_funds',
}

const list = (...items: unknown[]) => ({ items, next_cursor: null })
const get = (path: string, answer: MockRoute['answer']): MockRoute => ({
  method: 'GET',
  path,
  answer,
})
const post = (path: string, answer: MockRoute['answer']): MockRoute => ({
  method: 'POST',
  path,
  answer,
})
const OF = '/deposits/accounts/{account_id}'

export const staffRoutes = (permissions: string[] = ['*']): MockRoute[] => [
  get('/platform/texts/{language}', ({ query }) =>
    query.get('prefix') === 'errors.insufficient_funds.'
      ? { 'errors.insufficient_funds.title': 'No había fondos suficientes' }
      : {},
  ),
  ...tenantRoutes,
  ...sessionRoutes('/access', [teller]),
  get('/platform/me', () => ({
    user: { ...teller.user, branches: ['1'], branch_scope: 'all' },
    permissions,
    language: 'es',
    tenant: {},
    menu: [],
    business_dates: [
      {
        branch: '1',
        name: 'Matriz',
        state: 'open',
        business_date: TODAY,
        next_date: '2026-03-19',
        previous_date: '2026-03-17',
      },
    ],
  })),
  get(OF, ({ params }) =>
    account(params.account_id ?? '', params.account_id === 'acc_2' ? '0002-5' : '0001-7'),
  ),
  get(`${OF}/balances`, () => balances),
  get(`${OF}/transactions`, () => ({
    ...list(
      movement('ent_8', 'DEP', '25.00', '-95.00'),
      movement('ent_7', 'RET', '-10.00', '-120.00'),
    ),
    opening: usd('0.00'),
    closing: usd('-120.00'),
  })),
  get(`${OF}/overdraft-limits`, () => ({ items: [limit], overdraft })),
  get(`${OF}/charges`, () => list(charge)),
  get(`${OF}/cheque-books`, () =>
    list({ account_id: 'acc_1', first: 1, last: 25, issued_on: '2026-01-15', issued_by: 'rosa' }),
  ),
  get(`${OF}/cheques/{number}`, ({ params }) => ({
    number: Number(params.number),
    state: 'lost',
    book_first: 1,
    book_last: 25,
    amount: null,
    paid_on: null,
    entry_id: '',
    reason: stop.reason,
  })),
  get(`${OF}/stop-payments`, () => list(stop)),
  get(`${OF}/closure-quote`, () => quote),
  get('/deposits/scheduled-transfers', () => list(scheduled)),
  get(`${OF}/capture-forms`, ({ params }) => ({
    items: forms,
    cautions: params.account_id === 'acc_3' ? [caution] : [],
  })),
  get(`${OF}/cautions`, ({ params }) => list(...(params.account_id === 'acc_3' ? [caution] : []))),
  get(`${OF}/status-changes`, () => list(statusChange)),
  get(`${OF}/maintenance`, () => list(maintained)),
  get(`${OF}/statement-periods`, () => list(...periods)),
  get('/platform/parameters/deposits.status_code', () => list(...statuses)),
  get('/platform/parameters/deposits.plan', () => list()),
  get('/administration/code-tables/marketing_code', () =>
    list({ code: 'JOVEN', name: 'Cuenta joven' }, { code: 'FERIA', name: 'Feria de ahorro' }),
  ),
  post(`${OF}/cautions`, () => caution),
  post(`${OF}/cautions/{caution_id}/removals`, () => ({ ...caution, state: 'removed' })),
  post(`${OF}/status-changes`, () => statusChange),
  post(`${OF}/statement-cut-offs`, () => reportFile),
  { method: 'PATCH', path: OF, answer: () => account('acc_1', '0001-7') },
  get('/platform/closing-runs', () => list()),
  get('/platform/dues', () => list(due)),
  get('/platform/report-files', () => list(reportFile)),
  get('/platform/report-files/{id}', () => ({ ...reportFile, url: 'https://files.test/saldos' })),
  get('/deposits/accounts', () => list(account('acc_2', '0002-5'))),
  get('/parties', () => list()),
  post('/deposits/scheduled-transfers', () => scheduled),
  post(`${OF}/deposits`, receipt),
  post(`${OF}/overdraft-limits/{limit_id}/cancellations`, () => ({
    ...limit,
    state: 'withdrawn',
  })),
  {
    method: 'DELETE',
    path: '/deposits/scheduled-transfers/{transfer_id}',
    answer: () => scheduled,
  },
  post('/platform/report-files/{id}/issues', () => ({
    title: reportFile.title,
    generated_at: '2026-03-18T15:00:00Z',
    filename: 'balances-2026-03-17.pdf',
    content_type: 'application/pdf',
    content_base64: btoa('%PDF-1.4\n%%EOF\n'),
  })),
]
