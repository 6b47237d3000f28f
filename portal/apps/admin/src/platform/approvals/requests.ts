import { unwrap } from '@minga/api-client'
import { useQuery } from '@tanstack/react-query'
import type { Item } from '../../app/answers'
import { useClient } from '../../app/context'
import { OWN } from '../../app/queries'

export type Approval = Item<'/platform/approvals'>
export type ApprovalState = 'pending_approval' | 'approved' | 'rejected'

const REFRESH_MILLIS = 20_000

/** What the caller may decide or asked for, in a state, newest first. */
export function useApprovals(state: ApprovalState) {
  const client = useClient()
  return useQuery({
    queryKey: [OWN, 'approvals', state],
    queryFn: () => unwrap(client.GET('/platform/approvals', { params: { query: { state } } })),
    select: (answer) => answer.items,
    refetchInterval: REFRESH_MILLIS,
  })
}
