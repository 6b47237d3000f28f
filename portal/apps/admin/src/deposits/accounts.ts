import { saveDocument, unwrap } from '@minga/api-client'
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query'
import { carryOut, type Answer } from '../app/answers'
import { useClient } from '../app/context'
import { OWN } from '../app/queries'

export type Account = Answer<'/deposits/accounts/{account_id}'>
export type Movement = Answer<'/deposits/accounts/{account_id}/transactions'>['items'][number]
export type Hold = Answer<'/deposits/accounts/{account_id}/holds'>['items'][number]
export type Receipt = Answer<'/deposits/accounts/{account_id}/deposits', 'post'>
export type Balances = Answer<'/deposits/accounts/{account_id}/balances'>
export type Period = { from: string; to: string }

/** Everything kept of accounts, to be asked for again after money has moved. */
export const ACCOUNTS = [OWN, 'accounts']

export function useAccount(id: string | null) {
  const client = useClient()
  return useQuery({
    queryKey: [...ACCOUNTS, 'one', id],
    enabled: id !== null && id !== '',
    queryFn: () =>
      unwrap(
        client.GET('/deposits/accounts/{account_id}', {
          params: { path: { account_id: id ?? '' } },
        }),
      ),
  })
}

/** Balances with what is uncleared by date and the overdraft. */
export function useBalances(id: string) {
  const client = useClient()
  return useQuery({
    queryKey: [...ACCOUNTS, 'balances', id],
    queryFn: () =>
      unwrap(
        client.GET('/deposits/accounts/{account_id}/balances', {
          params: { path: { account_id: id } },
        }),
      ),
  })
}

/** The movements that are looked for; `cycle` asks for a statement's instead of dates. */
export type MovementSearch = {
  cycle: string
  code: string
  channel: string
  least: string
  most: string
}

export const ALL_MOVEMENTS: MovementSearch = {
  cycle: '',
  code: '',
  channel: '',
  least: '',
  most: '',
}

function movementQuery(period: Period, search: MovementSearch) {
  const { cycle, code, channel, least, most } = search
  return {
    ...(cycle === '' ? period : { cycle }),
    ...(code.trim() === '' ? {} : { code: code.trim() }),
    ...(channel === '' ? {} : { channel }),
    ...(least === '' ? {} : { min_amount: least }),
    ...(most === '' ? {} : { max_amount: most }),
  }
}

export function useMovements(id: string, period: Period, search: MovementSearch, enabled: boolean) {
  const asked = movementQuery(period, search)
  const client = useClient()
  return useInfiniteQuery({
    queryKey: [...ACCOUNTS, 'movements', id, asked],
    enabled,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      unwrap(
        client.GET('/deposits/accounts/{account_id}/transactions', {
          params: {
            path: { account_id: id },
            query: { ...asked, order: 'newest', ...(cursor === undefined ? {} : { cursor }) },
          },
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: (previous) => previous,
  })
}

export function useHolds(id: string) {
  const client = useClient()
  return useQuery({
    queryKey: [...ACCOUNTS, 'holds', id],
    queryFn: () =>
      unwrap(
        client.GET('/deposits/accounts/{account_id}/holds', {
          params: { path: { account_id: id } },
        }),
      ),
    select: (answer) => answer.items,
  })
}

export function useInterest(id: string, period: Period, enabled: boolean) {
  const client = useClient()
  return useQuery({
    queryKey: [...ACCOUNTS, 'interest', id, period],
    enabled,
    queryFn: () =>
      unwrap(
        client.GET('/deposits/accounts/{account_id}/interest', {
          params: { path: { account_id: id }, query: period },
        }),
      ),
    select: (answer) => answer.items,
    placeholderData: (previous) => previous,
  })
}

export type StatementFormat = 'pdf' | 'csv' | 'xlsx'

/** A statement as a file: of a period, or to date without one. */
export function useStatement(id: string) {
  const client = useClient()
  return useMutation({
    mutationFn: async ({ period, format }: { period: Period | null; format: StatementFormat }) => {
      const document = await carryOut(
        client.POST('/deposits/accounts/{account_id}/statements', {
          params: { path: { account_id: id } },
          body: { from: null, to: null, ...period, format, language: '', printed: false },
        }),
      )
      if ('content_base64' in document) saveDocument(document)
      return document
    },
  })
}
