import {
  amountIn,
  buildLedger,
  BUSINESS_DATE,
  type Ledger,
  type MockAccount,
} from './member-accounts'
import { MockProblem, type MockCall, type MockRoute } from './router'
import { sessionRoutes, type MockPerson } from './sessions'
import { simulationRoutes } from './simulations'
import { termDepositRoutes } from './term-deposits'
import { tenantRoutes } from './tenants'
import { publishesTransfers, transferRoutes } from './transfers'
import { verificationRoutes } from './verifications'

const PAGE = 20

export const mockMembers: MockPerson[] = [
  {
    tenant: 'chakana',
    username: 'maria',
    password: 'Chakana-2026',
    user: {
      id: 'usr_maria',
      name: 'María Toapanta Chiluisa',
      username: 'maria',
      language: 'es',
    },
  },
  {
    tenant: 'chakana',
    username: 'nueva',
    password: 'Temporal-1',
    mustChange: true,
    user: {
      id: 'usr_nueva',
      name: 'Inés Caiza',
      username: 'nueva',
      language: 'es',
    },
  },
  {
    tenant: 'chakana',
    username: 'vacia',
    password: 'Chakana-2026',
    user: {
      id: 'usr_vacia',
      name: 'Elena Paz',
      username: 'vacia',
      language: 'es',
    },
  },
  {
    tenant: 'chakana',
    username: 'rosa',
    password: 'Chakana-2026',
    user: {
      id: 'usr_rosa',
      name: 'Rosa Toapanta',
      username: 'rosa',
      language: 'es',
    },
  },
  {
    tenant: 'frailejon',
    username: 'camilo',
    password: 'Frailejon-2026',
    user: {
      id: 'usr_camilo',
      name: 'Camilo Restrepo',
      username: 'camilo',
      language: 'es',
    },
  },
]

const isEnglish = (language: string) => language === 'en'

function ledgersOf({ subject, language }: MockCall): Ledger[] {
  if (subject === 'usr_vacia') return []
  const en = isEnglish(language)
  const currency = subject === 'usr_camilo' ? 'COP' : 'USD'
  const build = (seed: Parameters<typeof buildLedger>[0]) => buildLedger(seed, currency, language)
  if (subject === 'usr_rosa')
    return [
      build({
        id: 'acc_11',
        number: '001-10-0020311-2',
        kind: 'savings',
        name: en ? 'Demand savings' : 'Ahorro a la vista',
        closingMinor: 10000,
        seed: 23,
      }),
      build({
        id: 'acc_12',
        number: '001-12-0020311-8',
        kind: 'savings',
        name: en ? 'House savings' : 'Ahorro para la casa',
        closingMinor: 30000,
        sharePercent: 50,
        seed: 29,
      }),
    ]
  return [
    build({
      id: 'acc_01',
      number: '001-10-0010482-5',
      kind: 'savings',
      name: en ? 'Demand savings' : 'Ahorro a la vista',
      closingMinor: 152035,
      heldMinor: 12000,
      active: true,
      seed: 7,
    }),
    build({
      id: 'acc_02',
      number: '001-12-0010482-9',
      kind: 'savings',
      name: en ? 'Goal savings' : 'Ahorro programado',
      closingMinor: 86450,
      active: true,
      seed: 19,
    }),
    build({
      id: 'acc_03',
      number: '001-30-0010482-1',
      kind: 'contributions',
      name: en ? 'Share contributions' : 'Certificados de aportación',
      closingMinor: 30000,
      seed: 3,
    }),
    build({
      id: 'acc_04',
      number: '001-40-0000311-7',
      kind: 'term_deposit',
      name: en ? 'Term deposit, 180 days' : 'Plazo fijo a 180 días',
      closingMinor: 500000,
      seed: 5,
    }),
    build({
      id: 'acc_05',
      number: '001-50-0000127-3',
      kind: 'loan',
      name: en ? 'Microcredit' : 'Microcrédito',
      closingMinor: 231010,
      seed: 11,
    }),
  ]
}

const minorOf = (text: string) => Number(text.replace('.', ''))

/** The member's part of an amount of an account. */
const ownMinor = (account: MockAccount, field: 'ledger' | 'available' | 'held') =>
  (minorOf(account[field].amount) * Number(account.ownership_pct ?? 100)) / 100

function position(call: MockCall) {
  const accounts = ledgersOf(call).map((ledger) => ledger.account)
  const currency = accounts[0]?.ledger.currency
  const sum = (field: 'ledger' | 'available' | 'held', nature = 'held') =>
    accounts
      .filter((account) => account.nature === nature)
      .reduce((total, account) => total + ownMinor(account, field), 0)
  const totals = currency && {
    currency,
    ledger: amountIn(currency, sum('ledger')),
    owed: amountIn(currency, sum('ledger', 'owed')),
    net: amountIn(currency, sum('ledger') - sum('ledger', 'owed')),
    available: amountIn(currency, sum('available')),
    held: amountIn(currency, sum('held')),
  }
  return {
    as_of: `${BUSINESS_DATE}T15:42:00Z`,
    business_date: accounts.length > 0 ? BUSINESS_DATE : '',
    totals: totals ? [totals] : [],
    base_total: {},
    services: publishesTransfers(call) ? ['own_transfers'] : [],
    accounts,
  }
}

function ledgerOf(call: MockCall): Ledger {
  const ledger = ledgersOf(call).find(({ account }) => account.id === call.params.account_id)
  if (ledger !== undefined) return ledger
  throw new MockProblem(404, 'account_not_found', {
    es: 'No encontramos esa cuenta.',
    en: 'We could not find that account.',
  })
}

function movements(call: MockCall) {
  const { account, movements: all } = ledgerOf(call)
  const to = call.query.get('to') ?? BUSINESS_DATE
  const from = call.query.get('from') ?? `${to.slice(0, 8)}01`
  const page = Number(call.query.get('limit') ?? PAGE)
  const inRange = all.filter(({ date }) => date >= from && date <= to)
  const moved = inRange.reduce((total, movement) => total + minorOf(movement.amount.amount), 0)
  const lastBefore = all.find(({ date }) => date <= to)
  const closing = minorOf(lastBefore?.balance.amount ?? account.ledger.amount)
  const start = Number(call.query.get('cursor') ?? 0)
  const { currency } = account.ledger
  return {
    period_start: from,
    period_end: to,
    opening: amountIn(currency, closing - moved),
    closing: amountIn(currency, closing),
    items: inRange.slice(start, start + page),
    next_cursor: start + page < inRange.length ? String(start + page) : null,
  }
}

function statement(call: MockCall) {
  const { account } = ledgerOf(call)
  const { query } = call
  const format = query.get('format') ?? 'pdf'
  const last4 = account.number.replace(/\D/g, '').slice(-4)
  return {
    filename: `statement-${last4}-${query.get('from')}-${query.get('to')}.${format}`,
    content_type: format === 'pdf' ? 'application/pdf' : 'text/csv',
    content_base64: btoa('%PDF-1.4\n%%EOF\n'),
  }
}

/** The statements of the two cycles before the month under way; only savings have them. */
const CYCLES = [
  ['2026-02-01', '2026-02-28'],
  ['2026-01-01', '2026-01-31'],
] as const

function issuedStatements(call: MockCall) {
  const { account } = ledgerOf(call)
  const last4 = account.number.replace(/\D/g, '').slice(-4)
  const cycles = account.kind === 'savings' ? CYCLES : []
  return cycles.map(([start, end]) => ({
    period_start: start,
    period_end: end,
    language: 'es',
    filename: `statement-${last4}-${start}-${end}.pdf`,
    content_type: 'application/pdf',
    issued_at: `${end}T23:30:00Z`,
    url: null as string | null,
  }))
}

function issuedStatement(call: MockCall) {
  const found = issuedStatements(call).find(({ period_end: end }) => end === call.params.period_end)
  if (found === undefined)
    throw new MockProblem(404, 'unknown_statement', {
      es: 'No encontramos ese estado de cuenta.',
      en: 'We could not find that statement.',
    })
  return { ...found, url: `data:application/pdf;base64,${btoa('%PDF-1.4\n%%EOF\n')}` }
}

export const memberRoutes: MockRoute[] = [
  ...tenantRoutes,
  ...sessionRoutes('/member_portal', mockMembers),
  ...simulationRoutes,
  ...termDepositRoutes,
  ...verificationRoutes,
  ...transferRoutes((call) => ledgersOf(call).map(({ account }) => account)),
  { method: 'GET', path: '/member_portal/position', answer: position },
  {
    method: 'GET',
    path: '/member_portal/accounts',
    answer: (call) => ({ items: position(call).accounts }),
  },
  { method: 'GET', path: '/member_portal/accounts/{account_id}/movements', answer: movements },
  { method: 'GET', path: '/member_portal/accounts/{account_id}/statement', answer: statement },
  {
    method: 'GET',
    path: '/member_portal/accounts/{account_id}/statements',
    answer: (call) => ({ items: issuedStatements(call), next_cursor: null }),
  },
  {
    method: 'GET',
    path: '/member_portal/accounts/{account_id}/statements/{period_end}',
    answer: issuedStatement,
  },
]
