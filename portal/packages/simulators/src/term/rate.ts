import { compareAmounts } from '@minga/i18n'
import type { TermProduct } from '../api'

/** The published rate of an amount and a term; null where the table has none. */
export function rateFor(product: TermProduct, amount: string, days: number): string | null {
  if (amount === '') return null
  const row = product.rates.find(
    ({ from_amount: from, to_amount: to, from_days: first, to_days: last }) =>
      compareAmounts(amount, from.amount) >= 0 &&
      (to === null || compareAmounts(amount, to.amount) < 0) &&
      days >= first &&
      days <= last,
  )
  return row?.rate ?? null
}

/** The lowest and the highest rate of a product's table. */
export function ratesOf(product: TermProduct): [string, string] {
  const rates = product.rates.map(({ rate }) => rate).sort(compareAmounts)
  return [rates[0] ?? '0', rates.at(-1) ?? '0']
}
