import type { MockRoute } from '@minga/mock-api'

/** The business date of the pretended cooperative. */
export const TODAY = '2026-03-18'

export const usd = (amount: string) => ({ amount, currency: 'USD' })

export const list = (...items: unknown[]) => ({ items, next_cursor: null })
export const get = (path: string, answer: MockRoute['answer']): MockRoute => ({
  method: 'GET',
  path,
  answer,
})
export const post = (path: string, answer: MockRoute['answer']): MockRoute => ({
  method: 'POST',
  path,
  answer,
})
export const OF = '/deposits/accounts/{account_id}'
