import { unwrap } from '@minga/api-client'
import { useQuery } from '@tanstack/react-query'
import type { Answer, Item } from '../app/answers'
import { useClient } from '../app/context'
import { OWN } from '../app/queries'

export type Person = Item<'/parties/parties'>
export type Profile = Answer<'/parties/parties/{party_id}/profile'>
export type Party = Profile['party']
export type Address = Profile['addresses'][number]
export type Relation = Profile['relations'][number]
export type Note = Profile['notes'][number]
export type Product = Profile['products'][number]
export type SearchBy = 'any' | 'name' | 'document' | 'number' | 'phone'

export const PEOPLE = [OWN, 'people']
const SHORTEST = 3
const MOST_FOUND = 20

/** Whether a text is long enough to look for: a number may be shorter than a name. */
export const isSought = (text: string) =>
  text.trim().length >= SHORTEST || /^\d+$/.test(text.trim())

/** The people a text may mean. */
export function usePeople(text: string, by: SearchBy = 'any', inactive = false) {
  const client = useClient()
  const q = text.trim()
  return useQuery({
    queryKey: [...PEOPLE, 'found', q, by, inactive],
    enabled: isSought(q),
    retry: false,
    queryFn: () =>
      unwrap(
        client.GET('/parties/parties', {
          params: { query: { q, by, include_inactive: inactive, limit: MOST_FOUND } },
        }),
      ),
  })
}

/** A party with everything the cooperative has to do with it. */
export function useProfileOf(id: string) {
  const client = useClient()
  return useQuery({
    queryKey: [...PEOPLE, 'profile', id],
    enabled: id !== '',
    queryFn: () =>
      unwrap(
        client.GET('/parties/parties/{party_id}/profile', { params: { path: { party_id: id } } }),
      ),
  })
}
