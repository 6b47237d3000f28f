import { unwrap } from '@minga/api-client'
import { queryOptions, useQuery, useSuspenseQuery } from '@tanstack/react-query'
import type { Answer } from './answers'
import { useClient, type StaffApi } from './context'
import { coversAny } from './permissions'
import { OWN } from './queries'

export type Me = Answer<'/platform/me'>

/** Often enough to see the business date move soon after a cut-over. */
const REFRESH_MILLIS = 30_000

export function meQuery(client: StaffApi['client']) {
  return queryOptions({
    queryKey: [OWN, 'me'],
    queryFn: () => unwrap(client.GET('/platform/me')),
    refetchInterval: REFRESH_MILLIS,
  })
}

/** The caller, their menu and the business date of their branches. Only inside the shell. */
export function useMe(): Me {
  return useSuspenseQuery(meQuery(useClient())).data
}

/** `may('deposits.open_account')`: whether the caller has one of the permissions. */
export function useMay(): (...permissions: string[]) => boolean {
  const { permissions } = useMe()
  return (...wanted) => coversAny(permissions, wanted)
}

/** The branch the caller works in, with its business date. */
export function useOwnBranch(): Me['business_dates'][number] | undefined {
  const { user, business_dates: dates } = useMe()
  return dates.find((day) => day.branch === user.branches[0]) ?? dates[0]
}

/** The business date of the caller's branch; the latest of all branches without one. */
export function useBusinessDate(): string {
  return useOwnBranch()?.business_date ?? ''
}

/** Every branch, for pickers. */
export function useBranches() {
  const client = useClient()
  return useQuery({
    queryKey: [OWN, 'branches'],
    staleTime: 5 * 60_000,
    queryFn: () => unwrap(client.GET('/administration/branches')),
    select: (answer) => answer.items,
  })
}
