import { unwrap } from '@minga/api-client'
import { useQuery } from '@tanstack/react-query'
import type { Answer, Item } from '../app/answers'
import { useClient } from '../app/context'
import { ACCOUNTS, type Account } from './accounts'

export type OverdraftLimits = Answer<'/deposits/accounts/{account_id}/overdraft-limits'>
export type Overdraft = OverdraftLimits['overdraft']
export type OverdraftLimit = OverdraftLimits['items'][number]
export type Charge = Item<'/deposits/accounts/{account_id}/charges'>
export type ChequeBook = Item<'/deposits/accounts/{account_id}/cheque-books'>
export type Stop = Item<'/deposits/accounts/{account_id}/stop-payments'>
export type Scheduled = Item<'/deposits/scheduled-transfers'>

const ofAccount = (id: string) => ({ params: { path: { account_id: id } } })

/** The value of one of an account's terms, its own or its plan's. */
export function termOf(account: Account, field: string): unknown {
  return account.terms.find((term) => term.field === field)?.value ?? null
}

export function useOverdraft(id: string) {
  const client = useClient()
  return useQuery({
    queryKey: [...ACCOUNTS, 'overdraft', id],
    queryFn: () =>
      unwrap(client.GET('/deposits/accounts/{account_id}/overdraft-limits', ofAccount(id))),
  })
}

export function useCharges(id: string) {
  const client = useClient()
  return useQuery({
    queryKey: [...ACCOUNTS, 'charges', id],
    queryFn: () => unwrap(client.GET('/deposits/accounts/{account_id}/charges', ofAccount(id))),
    select: (answer) => answer.items,
  })
}

export function useChequeBooks(id: string) {
  const client = useClient()
  return useQuery({
    queryKey: [...ACCOUNTS, 'cheque_books', id],
    queryFn: () =>
      unwrap(client.GET('/deposits/accounts/{account_id}/cheque-books', ofAccount(id))),
    select: (answer) => answer.items,
  })
}

export function useStops(id: string) {
  const client = useClient()
  return useQuery({
    queryKey: [...ACCOUNTS, 'stops', id],
    queryFn: () =>
      unwrap(client.GET('/deposits/accounts/{account_id}/stop-payments', ofAccount(id))),
    select: (answer) => answer.items,
  })
}

/** What has become of a cheque; nothing is asked without a number. */
export function useCheque(id: string, number: string) {
  const client = useClient()
  return useQuery({
    queryKey: [...ACCOUNTS, 'cheque', id, number],
    enabled: number !== '',
    queryFn: () =>
      unwrap(
        client.GET('/deposits/accounts/{account_id}/cheques/{number}', {
          params: { path: { account_id: id, number } },
        }),
      ),
  })
}

export function useScheduled(id: string) {
  const client = useClient()
  return useQuery({
    queryKey: [...ACCOUNTS, 'scheduled', id],
    queryFn: () =>
      unwrap(
        client.GET('/deposits/scheduled-transfers', { params: { query: { account_id: id } } }),
      ),
    select: (answer) => answer.items,
  })
}

/** What closing an account comes to today. */
export function useClosureQuote(id: string) {
  const client = useClient()
  return useQuery({
    queryKey: [...ACCOUNTS, 'closure', id],
    staleTime: 0,
    queryFn: () =>
      unwrap(client.GET('/deposits/accounts/{account_id}/closure-quote', ofAccount(id))),
  })
}
