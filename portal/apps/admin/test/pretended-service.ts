import type { MockRoute } from '@minga/mock-api'
import { get, list, OF, post, TODAY, usd } from './pretended-parts'

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

/** How an account is served: codes, cautions, statuses, data, movements and statements. */
export const serviceRoutes = ({ made }: { made: unknown }): MockRoute[] => [
  get(`${OF}/transactions`, () => ({
    ...list(
      movement('ent_8', 'DEP', '25.00', '-95.00'),
      movement('ent_7', 'RET', '-10.00', '-120.00'),
    ),
    opening: usd('0.00'),
    closing: usd('-120.00'),
  })),
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
  post(`${OF}/statement-cut-offs`, () => made),
]
