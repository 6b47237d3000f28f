import { intended, unwrap } from '@minga/api-client'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { carryOut, type Answer, type Asked, type Item } from '../app/answers'
import { useClient } from '../app/context'
import { OWN } from '../app/queries'

export type User = Answer<'/administration/users/{user_id}'>
export type Role = Item<'/administration/roles'>
export type NewUser = Asked<'/administration/users'>
export type UserSearch = {
  q: string
  role: string
  branch: string
  state: '' | 'active' | 'blocked' | 'left'
}

const STAFF = [OWN, 'staff']

export function useUsers(search: UserSearch) {
  const client = useClient()
  return useInfiniteQuery({
    queryKey: [...STAFF, 'users', search],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      unwrap(
        client.GET('/administration/users', {
          params: { query: { ...search, ...(cursor === undefined ? {} : { cursor }) } },
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: (previous) => previous,
  })
}

export function useUser(id: string) {
  const client = useClient()
  return useQuery({
    queryKey: [...STAFF, 'user', id],
    queryFn: () =>
      unwrap(client.GET('/administration/users/{user_id}', { params: { path: { user_id: id } } })),
  })
}

export function useRoles() {
  const client = useClient()
  return useQuery({
    queryKey: [...STAFF, 'roles'],
    staleTime: 60_000,
    queryFn: () => unwrap(client.GET('/administration/roles')),
    select: (answer) => answer.items,
  })
}

export type UserAct = 'block' | 'unblock' | 'reset'
type ActOnUser = { id: string; act: UserAct; reason: string; key: string }

/** Block, let in again, send a new temporary password. */
export function useActingOnUser() {
  const client = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ id, act, reason, key }: ActOnUser): Promise<void> => {
      const params = { path: { user_id: id } }
      const rest = { params, ...intended({ key }) }
      if (act === 'block')
        await carryOut(
          client.POST('/administration/users/{user_id}/blocks', { ...rest, body: { reason } }),
        )
      else if (act === 'unblock')
        await carryOut(
          client.POST('/administration/users/{user_id}/unblocks', { ...rest, body: { reason } }),
        )
      else await carryOut(client.POST('/administration/users/{user_id}/password-resets', rest))
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: STAFF }),
  })
}

export type UserDraft = {
  username: string
  name: string
  email: string
  phone: string
  roles: string[]
  branch: string
  branches: string[]
  branch_scope: 'own' | 'list' | 'all'
  language: string
  level: number
}

/** Creates or changes a member of staff. A change is refused where somebody else made one first. */
export function useSavingUser(known: User | undefined) {
  const client = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: async ({ draft, key }: { draft: UserDraft; key: string }): Promise<string> => {
      const branches = draft.branch_scope === 'list' ? draft.branches : []
      if (known === undefined) {
        const body = { ...draft, username: draft.username.trim(), branches }
        const made = await carryOut(
          client.POST('/administration/users', { body, ...intended({ key }) }),
        )
        return (made as User).id
      }
      const { username, ...changes } = draft
      void username
      await carryOut(
        client.PATCH('/administration/users/{user_id}', {
          params: { path: { user_id: known.id } },
          body: { ...changes, branches },
          ...intended({ key }, `"${known.version}"`),
        }),
      )
      return known.id
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: STAFF }),
  })
}
