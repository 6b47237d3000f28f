import { compareAmounts } from '@minga/i18n'

/** Why a field cannot be taken as it is. `limit` is what it was held against, to be written for people. */
export type Fault =
  | { reason: 'missing' | 'whole' | 'order' }
  | { reason: 'below' | 'above' | 'before' | 'after'; limit: string }

/** The fault of an amount of a product with limits; `most` null for none. */
export function amountFault(amount: string, least: string, most: string | null): Fault | null {
  if (amount === '') return { reason: 'missing' }
  if (compareAmounts(amount, least) < 0) return { reason: 'below', limit: least }
  if (most !== null && compareAmounts(amount, most) > 0) return { reason: 'above', limit: most }
  return null
}

/** The fault of a whole number with limits. */
export function countFault(text: string, least: number, most: number): Fault | null {
  if (text.trim() === '') return { reason: 'missing' }
  if (!/^\d{1,6}$/.test(text.trim())) return { reason: 'whole' }
  const count = Number(text)
  if (count < least) return { reason: 'below', limit: String(least) }
  if (count > most) return { reason: 'above', limit: String(most) }
  return null
}

/** The fault of a date that may be left out. */
export function dateFault(date: string, first: string, last: string): Fault | null {
  if (date === '') return null
  if (first !== '' && date < first) return { reason: 'before', limit: first }
  if (last !== '' && date > last) return { reason: 'after', limit: last }
  return null
}
