import { unwrap } from '@minga/api-client'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import type { Answer, Item } from '../app/answers'
import { useClient } from '../app/context'
import { ACCOUNTS } from './accounts'

export type KeptCaution = Item<'/deposits/accounts/{account_id}/cautions'>
export type StatusChange = Item<'/deposits/accounts/{account_id}/status-changes'>
export type Maintained = Answer<'/deposits/accounts/{account_id}/maintenance'>['items'][number]
export type StatementPeriod = Item<'/deposits/accounts/{account_id}/statement-periods'>

const ofAccount = (id: string) => ({ params: { path: { account_id: id } } })

/** Every caution of an account, those that were taken away too. */
export function useCautions(id: string) {
  const client = useClient()
  return useQuery({
    queryKey: [...ACCOUNTS, 'cautions', id],
    queryFn: () => unwrap(client.GET('/deposits/accounts/{account_id}/cautions', ofAccount(id))),
    select: (answer) => answer.items,
  })
}

/** Whether a caution still warns on a day. */
export const warnsOn = ({ state, expires_on: last }: KeptCaution, day: string) =>
  state === 'active' && (last === null || last >= day)

export function useStatusChanges(id: string) {
  const client = useClient()
  return useQuery({
    queryKey: [...ACCOUNTS, 'status_changes', id],
    queryFn: () =>
      unwrap(client.GET('/deposits/accounts/{account_id}/status-changes', ofAccount(id))),
    select: (answer) => answer.items,
  })
}

/** What people changed of an account, the latest first. */
export function useMaintained(id: string) {
  const client = useClient()
  return useInfiniteQuery({
    queryKey: [...ACCOUNTS, 'maintained', id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      unwrap(
        client.GET('/deposits/accounts/{account_id}/maintenance', {
          params: {
            path: { account_id: id },
            query: cursor === undefined ? {} : { cursor },
          },
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })
}

/** The statement cycle that runs and the earlier ones, the latest first. */
export function useStatementPeriods(id: string) {
  const client = useClient()
  return useQuery({
    queryKey: [...ACCOUNTS, 'statement_periods', id],
    queryFn: () =>
      unwrap(client.GET('/deposits/accounts/{account_id}/statement-periods', ofAccount(id))),
    select: (answer) => answer.items,
  })
}
