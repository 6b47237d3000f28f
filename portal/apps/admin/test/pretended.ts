import {
  sessionRoutes,
  tenantRoutes,
  type MockCall,
  type MockPerson,
  type MockRoute,
} from '@minga/mock-api'
import { get, list, OF, post, TODAY, usd } from './pretended-parts'
import { runRoutes } from './pretended-runs'
import { serviceRoutes } from './pretended-service'

export const teller: MockPerson = {
  tenant: 'chakana',
  username: 'rosa',
  password: 'Chakana-2026',
  user: { id: 'usr_1', username: 'rosa', name: 'Rosa Quispe', language: 'es' },
}

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

/** A cooperative as its staff see it: one account with everything an account can have. */
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
  ...runRoutes(),
  get('/platform/dues', () => list(due)),
  get('/platform/report-files', () => list(reportFile)),
  get('/platform/report-files/{id}', () => ({ ...reportFile, url: 'https://files.test/saldos' })),
  get('/deposits/accounts', () => list(account('acc_2', '0002-5'))),
  get('/parties', () => list()),
  ...serviceRoutes({ made: reportFile }),
  { method: 'PATCH', path: OF, answer: () => account('acc_1', '0001-7') },
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
