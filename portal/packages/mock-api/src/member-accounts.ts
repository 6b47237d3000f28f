import type { components } from '../../api-client/src/schema'

type Schemas = components['schemas']
export type MockAccount = Schemas['MemberAccount']
export type MockMovement = Schemas['MemberMovement']

export const BUSINESS_DATE = '2026-03-18'
const DAY_MILLIS = 86_400_000
const HISTORY_DAYS = 210

const dayBefore = (days: number) =>
  new Date(Date.parse(`${BUSINESS_DATE}T00:00:00Z`) - days * DAY_MILLIS).toISOString().slice(0, 10)

type Spending = { note?: string; es: string; en: string; credit: boolean; from: number; to: number }

const SPENDING: Spending[] = [
  {
    es: 'Depósito en ventanilla',
    en: 'Deposit at the counter',
    credit: true,
    from: 4000,
    to: 42000,
  },
  {
    es: 'Retiro en ventanilla',
    en: 'Withdrawal at the counter',
    credit: false,
    from: 2000,
    to: 18000,
  },
  {
    es: 'Transferencia recibida',
    en: 'Transfer received',
    note: 'Rosa Quishpe',
    credit: true,
    from: 1500,
    to: 12000,
  },
  {
    es: 'Transferencia enviada',
    en: 'Transfer sent',
    note: 'Luis Guamán, arriendo',
    credit: false,
    from: 1000,
    to: 9000,
  },
  {
    es: 'Pago de servicios',
    en: 'Bill payment',
    note: 'Empresa Eléctrica',
    credit: false,
    from: 1800,
    to: 4600,
  },
  {
    es: 'Retiro en cajero automático',
    en: 'Cash machine withdrawal',
    credit: false,
    from: 2000,
    to: 10000,
  },
]

const CHANNELS = ['branch', 'branch', 'portal', 'portal', 'portal', 'atm']

/** The same numbers at every start: screenshots can be compared. */
function sequence(seed: number) {
  let state = seed
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
    return state / 2_147_483_648
  }
}

const written = (minor: number, decimals: number) => {
  const sign = minor < 0 ? '-' : ''
  const digits = String(Math.abs(minor)).padStart(decimals + 1, '0')
  if (decimals === 0) return sign + digits
  return `${sign}${digits.slice(0, -decimals)}.${digits.slice(-decimals)}`
}

export type Ledger = { account: MockAccount; movements: MockMovement[] }

type AccountSeed = Pick<MockAccount, 'id' | 'number' | 'kind' | 'name'> & {
  closingMinor: number
  heldMinor?: number
  active?: boolean
  /** What part of a joint account is the member's; whole percents. */
  sharePercent?: number
  seed: number
}

export function amountIn(currency: string, minor: number) {
  return { amount: written(minor, currency === 'COP' ? 0 : 2), currency }
}

const APPLICATIONS: Record<string, string> = { term_deposit: 'term_deposits', loan: 'loans' }

/** An account with some months of believable movements that end at its balance. */
export function buildLedger(seed: AccountSeed, currency: string, language: string): Ledger {
  const scale = currency === 'COP' ? 40 : 1
  const money = (minor: number) => amountIn(currency, Math.round(minor) * scale)
  const random = sequence(seed.seed)
  const movements: MockMovement[] = []
  let balance = seed.closingMinor
  for (let day = 0; seed.active && day < HISTORY_DAYS; day += 1 + Math.floor(random() * 5)) {
    const pick = Math.floor(random() * SPENDING.length)
    const kind = SPENDING[pick] as Spending
    const minor = kind.from + Math.floor(random() * (kind.to - kind.from))
    const signed = kind.credit ? minor : -minor
    if (balance - signed < 500) continue
    const date = dayBefore(day)
    const minute = String(Math.floor(random() * 60)).padStart(2, '0')
    movements.push({
      entry_id: `ent_${seed.seed}${String(day).padStart(4, '0')}`,
      date,
      posted_at: `${date}T${String(13 + Math.floor(random() * 9))}:${minute}:00Z`,
      description: language === 'en' ? kind.en : kind.es,
      narrative: kind.note ?? '',
      channel: CHANNELS[pick] ?? 'branch',
      amount: money(signed),
      balance: money(balance),
    })
    balance -= signed
  }
  const { id, number, kind, name, closingMinor, heldMinor = 0, sharePercent } = seed
  const account: MockAccount = {
    id,
    number,
    kind,
    name,
    application: APPLICATIONS[kind] ?? 'deposits',
    nature: kind === 'loan' ? 'owed' : 'held',
    state: 'active',
    active: true,
    opened_on: '2025-06-02',
    ledger: money(closingMinor),
    available: money(kind === 'savings' ? closingMinor - heldMinor : 0),
    held: money(heldMinor),
    accrued_interest: '1.043200',
    rate: kind === 'contributions' ? null : '2.5',
    maturity_date: kind === 'term_deposit' ? '2026-07-14' : null,
    joint: sharePercent !== undefined,
    ownership_pct: sharePercent === undefined ? null : String(sharePercent),
    share: sharePercent === undefined ? null : money((closingMinor * sharePercent) / 100),
  }
  return { account, movements }
}
