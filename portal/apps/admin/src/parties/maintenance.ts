import { useIntention } from '@minga/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { renewing } from '../app/renewing'
import { carryOut, type Asked } from '../app/answers'
import { useClient } from '../app/context'
import { OWN } from '../app/queries'

export type NewAddress = Partial<Asked<'/parties/parties/{party_id}/addresses'>>
export type NewNote = Asked<'/parties/parties/{party_id}/notes'>
export type NewRelation = Asked<'/parties/parties/{party_id}/relations'>
export type PartyChange = Partial<Asked<'/parties/parties/{party_id}', 'patch'>>
export type IdentityChange = Partial<Asked<'/parties/parties/{party_id}/identity-changes'>>

export type Act =
  | { act: 'address'; body: NewAddress }
  | { act: 'note'; body: NewNote }
  | { act: 'relation'; body: NewRelation }
  | { act: 'change'; body: PartyChange; version: number }
  | { act: 'identity'; body: IdentityChange; version: number }
  | { act: 'unrelate'; relation: string }

/**
 * Maintains a party. Only the fields that were given are sent: the API leaves the others as they are,
 * which its generated types, with every default filled in, do not tell.
 */
export function useMaintaining(party: string) {
  const client = useClient()
  const queries = useQueryClient()
  const { key, renew } = useIntention()
  return useMutation({
    mutationFn: async (asked: Act): Promise<void> => {
      const path = { party_id: party }
      const header = { 'Idempotency-Key': key }
      const params = { path, header }
      const versioned = (version: number) => ({
        params: { path, header: { ...header, 'If-Match': `"${version}"` } },
      })
      switch (asked.act) {
        case 'address': {
          const body = asked.body as Asked<'/parties/parties/{party_id}/addresses'>
          await carryOut(client.POST('/parties/parties/{party_id}/addresses', { params, body }))
          return
        }
        case 'note':
          await carryOut(
            client.POST('/parties/parties/{party_id}/notes', { params, body: asked.body }),
          )
          return
        case 'relation':
          await carryOut(
            client.POST('/parties/parties/{party_id}/relations', { params, body: asked.body }),
          )
          return
        case 'change': {
          const body = asked.body as Asked<'/parties/parties/{party_id}', 'patch'>
          const rest = { ...versioned(asked.version), body }
          await carryOut(client.PATCH('/parties/parties/{party_id}', rest))
          return
        }
        case 'identity': {
          const body = asked.body as Asked<'/parties/parties/{party_id}/identity-changes'>
          const rest = { ...versioned(asked.version), body }
          await carryOut(client.POST('/parties/parties/{party_id}/identity-changes', rest))
          return
        }
        case 'unrelate':
          await carryOut(
            client.DELETE('/parties/parties/{party_id}/relations/{relation_id}', {
              params: { path: { ...path, relation_id: asked.relation }, header },
            }),
          )
      }
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: [OWN] }),
    onSettled: renewing(renew),
  })
}
