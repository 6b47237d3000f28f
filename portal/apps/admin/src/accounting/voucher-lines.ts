import { isZero, toMillionths } from '@minga/i18n'
import type { NewVoucher } from './vouchers'

/** A row of the grid while it is typed; amounts are canonical text or empty. */
export type LineDraft = {
  /** Tells rows apart while they are typed; not sent. */
  row: number
  account: string
  branch: string
  debit: string
  credit: string
  narrative: string
  tax_id: string
}

let rows = 0

export function blankLine(): LineDraft {
  rows += 1
  return { row: rows, account: '', branch: '', debit: '', credit: '', narrative: '', tax_id: '' }
}

const nothing = (amount: string) => amount === '' || isZero(amount)

/** Whether a row has been begun: blank ones at the end are not sent. */
export const isBegun = (line: LineDraft) =>
  [line.account, line.debit, line.credit, line.narrative, line.tax_id].some((text) => text !== '')

/** What is wrong with a row, as a catalogue key; null when nothing is. */
export function lineFault(line: LineDraft): string | null {
  if (!isBegun(line)) return null
  if (line.account === '') return 'admin.voucher.account_missing'
  if (nothing(line.debit) && nothing(line.credit)) return 'admin.voucher.amount_missing'
  if (!nothing(line.debit) && !nothing(line.credit)) return 'admin.voucher.one_side'
  return null
}

const sum = (amounts: string[]) =>
  amounts.reduce((total, amount) => total + (amount === '' ? 0n : toMillionths(amount)), 0n)

const SCALE = 1_000_000n

/** Millionths as decimal text with at least the given decimals. */
function asText(value: bigint, decimals: number): string {
  const digits = (value < 0n ? -value : value) % SCALE
  const whole = (value < 0n ? -value : value) / SCALE
  const fraction = digits.toString().padStart(6, '0').slice(0, decimals)
  return `${value < 0n ? '-' : ''}${whole}${decimals > 0 ? `.${fraction}` : ''}`
}

export type Sums = {
  debits: string
  credits: string
  difference: string
  balanced: boolean
  /** Nothing has been typed on either side. */
  empty: boolean
}

/** Both sums and what keeps them apart: debits minus credits. */
export function sumsOf(lines: readonly LineDraft[], decimals: number): Sums {
  const debits = sum(lines.map((line) => line.debit))
  const credits = sum(lines.map((line) => line.credit))
  return {
    debits: asText(debits, decimals),
    credits: asText(credits, decimals),
    difference: asText(debits - credits, decimals),
    balanced: debits === credits && debits !== 0n,
    empty: debits === 0n && credits === 0n,
  }
}

/** The lines as the API takes them: each on one side. */
export function linesOf(lines: readonly LineDraft[], currency: string): NewVoucher['lines'] {
  return lines.filter(isBegun).map((line) => ({
    account: line.account,
    side: nothing(line.debit) ? 'credit' : 'debit',
    amount: { amount: nothing(line.debit) ? line.credit : line.debit, currency },
    branch: line.branch === '' ? null : line.branch,
    narrative: line.narrative,
    tax_id: line.tax_id,
  }))
}
