import type { MockRoute } from '@minga/mock-api'
import { get, list, usd } from './pretended-parts'

const OPERATIONS = {
  'operation.deposits.open_account': 'Abrir una cuenta',
  'operation.deposits.post_deposit': 'Depositar en una cuenta',
  'operation.parties.change_address': 'Cambiar una dirección',
}

const event = (id: string, also: Record<string, unknown>) => ({
  id,
  at: '2026-03-18T15:00:00Z',
  actor: 'usr_1',
  actor_kind: 'staff',
  actor_name: 'Rosa Quispe',
  kind: 'write',
  before: {},
  after: {},
  changes: [],
  request_id: 'req-1',
  branch: '1',
  channel: 'console',
  address: '192.0.2.1',
  device: 'test',
  business_date: '',
  approver: '',
  hash: '0'.repeat(64),
  ...also,
})

const events = [
  event('staff:usr_1:2', {
    operation: 'deposits.open_account',
    operation_name: 'Abrir una cuenta',
    entity: 'dep_01abc',
    entity_name: 'Cuenta',
  }),
  event('staff:usr_1:1', {
    operation: 'parties.retired',
    operation_name: 'parties.retired',
    entity: 'permission_denied',
    entity_name: 'No tiene permiso',
    kind: 'security',
  }),
]

const approval = (id: string, also: Record<string, unknown>) => ({
  id,
  state: 'pending_approval',
  requested_by: 'usr_2',
  requested_by_name: 'Inés Lema',
  requested_at: '2026-03-18T15:00:00Z',
  decided_by: null,
  decided_at: null,
  reason: null,
  amount: null,
  result: null,
  may_decide: false,
  ...also,
})

const approvals = [
  approval('apr_1', {
    operation: 'deposits.post_withdrawal',
    operation_name: 'Retirar de una cuenta',
    summary: 'Retirar de una cuenta',
    amount: usd('1500.00'),
    body: { account_id: 'dep_01abc', narrative: 'Compra de un tractor' },
  }),
  approval('platform.approval_rule~deposits.open_account~tenant~2', {
    operation: 'platform.propose_parameter',
    operation_name: 'Proponer un cambio de parámetros',
    summary: 'Reglas de doble control: deposits.open_account',
    body: { kind: 'platform.approval_rule', code: 'deposits.open_account' },
  }),
]

const product = {
  application: 'deposits',
  account_id: 'dep_01abc',
  number: '0001-7',
  product: 'S1',
  plan_name: 'Ahorro a la vista',
  state: 'active',
  opened_on: '2024-05-02',
  balance: usd('120.00'),
  available: usd('120.00'),
  role: 'owner',
  nature: 'held',
  branch: '1',
  ownership_pct: null,
  share: null,
}

const profile = {
  id: 'pty_1',
  party: {
    id: 'pty_1',
    name: 'María Guamán',
    number: 7,
    document_type: 'CED',
    document_number: '1710034065',
    document: { document_type_name: 'Cédula' },
    state: 'active',
    pending_fields: [],
  },
  notes: [],
  addresses: [],
  relations: [],
  products: [product],
  standing: 'customer',
  totals: [],
}

/** What the audit trail, the approvals inbox and a member's page are told. */
export const oversightRoutes: MockRoute[] = [
  get('/platform/texts/{language}', ({ query }) =>
    query.get('prefix') === 'operation.' ? OPERATIONS : {},
  ),
  get('/platform/audit-events', () => list(...events)),
  get('/platform/approvals', () => list(...approvals)),
  get('/parties/parties/{party_id}/profile', () => profile),
]
