import { unwrap } from '@minga/api-client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Answer, Item } from '../app/answers'
import { useClient } from '../app/context'
import { OWN } from '../app/queries'

export type TrialBalance = Answer<'/accounting/trial-balance'>
export type BalanceRow = TrialBalance['items'][number]
export type LedgerAccount = Item<'/accounting/accounts'>
export type Entry = Answer<'/accounting/entries/{entry_id}'>
export type LedgerMovement = Answer<'/accounting/movements'>['items'][number]

export const LEDGER = [OWN, 'ledger']

export type BalanceQuery = {
  branch?: string
  date?: string
  from?: string
  level?: number
  currency?: string
  eliminate_interbranch?: boolean
}

export function useTrialBalance(query: BalanceQuery, enabled = true) {
  const client = useClient()
  return useQuery({
    queryKey: [...LEDGER, 'trial_balance', query],
    enabled,
    queryFn: () => unwrap(client.GET('/accounting/trial-balance', { params: { query } })),
    placeholderData: (previous) => previous,
  })
}

export type ChartQuery = { q?: string; level?: number; postable?: boolean }

export function useChart(query: ChartQuery, enabled = true) {
  const client = useClient()
  return useQuery({
    queryKey: [...LEDGER, 'chart', query],
    enabled,
    staleTime: 60_000,
    queryFn: () => unwrap(client.GET('/accounting/accounts', { params: { query } })),
    select: (answer) => answer.items,
    placeholderData: (previous) => previous,
  })
}

export function useLedgerAccount(code: string) {
  const client = useClient()
  return useQuery({
    queryKey: [...LEDGER, 'account', code],
    enabled: code !== '',
    queryFn: () =>
      unwrap(client.GET('/accounting/accounts/{code}', { params: { path: { code }, query: {} } })),
  })
}

export type MovementQuery = { account: string; from: string; to: string; branch?: string }

export function useLedgerMovements(query: MovementQuery, enabled: boolean) {
  const client = useClient()
  return useInfiniteQuery({
    queryKey: [...LEDGER, 'movements', query],
    enabled,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      unwrap(
        client.GET('/accounting/movements', {
          params: { query: { ...query, ...(cursor === undefined ? {} : { cursor }) } },
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: (previous) => previous,
  })
}

export function useEntry(id: string) {
  const client = useClient()
  return useQuery({
    queryKey: [...LEDGER, 'entry', id],
    queryFn: () =>
      unwrap(client.GET('/accounting/entries/{entry_id}', { params: { path: { entry_id: id } } })),
  })
}

/** What is zero is left out of a trial balance: an account that holds nothing and did not move. */
export function isQuiet(row: BalanceRow): boolean {
  return [row.opening, row.debits, row.credits, row.closing].every(
    ({ amount }) => !/[1-9]/.test(amount),
  )
}
