import { intended, unwrap } from '@minga/api-client'
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { carryOut, type Answer, type Item } from '../../app/answers'
import { useClient } from '../../app/context'
import { OWN } from '../../app/queries'
import type { Body } from './form/body'
import { fieldsOf, type SchemaNode } from './form/fields'

export type Kind = Item<'/platform/parameter-kinds'>
export type Version = Answer<'/platform/parameters/{kind}/{code}'>
export type Change = Answer<'/platform/parameters/{kind}/{code}/versions/diff'>['changes'][number]

/** Code of the only set of a kind that has just one. */
export const SINGLE = 'main'

/** What the schema of a kind says beside its fields. */
export type KindSchema = SchemaNode & {
  kind: string
  scopes: string[]
  singleton: boolean
  requires_approval: boolean
  /** The first day on which a version may begin. */
  earliest_effective_from: string
}

const PARAMETERS = [OWN, 'parameters']

export function useKinds() {
  const client = useClient()
  return useQuery({
    queryKey: [...PARAMETERS, 'kinds'],
    queryFn: () => unwrap(client.GET('/platform/parameter-kinds')),
    select: (answer) => answer.items,
  })
}

export function useKindSchema(kind: string) {
  const client = useClient()
  return useQuery({
    queryKey: [...PARAMETERS, 'schema', kind],
    queryFn: () =>
      unwrap(client.GET('/platform/parameter-kinds/{kind}/schema', { params: { path: { kind } } })),
    select: (answer) => {
      const schema = answer as unknown as KindSchema
      return { schema, fields: fieldsOf(schema) }
    },
  })
}

export function useSets(kind: string, q: string, enabled = true) {
  const client = useClient()
  return useQuery({
    queryKey: [...PARAMETERS, 'sets', kind, q],
    enabled,
    queryFn: () =>
      unwrap(
        client.GET('/platform/parameters/{kind}', { params: { path: { kind }, query: { q } } }),
      ),
    placeholderData: (previous) => previous,
  })
}

/** Every version of a set, newest first. */
export function useVersions(kind: string, code: string, scope: string) {
  const client = useClient()
  return useQuery({
    queryKey: [...PARAMETERS, 'versions', kind, code, scope],
    enabled: code !== '',
    queryFn: () =>
      unwrap(
        client.GET('/platform/parameters/{kind}/{code}/versions', {
          params: { path: { kind, code }, query: { scope } },
        }),
      ),
    select: (answer) => answer.items,
  })
}

export type Pair = { from: number; to: number }

export function useDiff(kind: string, code: string, scope: string, pair: Pair | null) {
  const client = useClient()
  return useQuery({
    queryKey: [...PARAMETERS, 'diff', kind, code, scope, pair],
    enabled: pair !== null,
    queryFn: () =>
      unwrap(
        client.GET('/platform/parameters/{kind}/{code}/versions/diff', {
          params: { path: { kind, code }, query: { from: 1, to: 1, ...pair, scope } },
        }),
      ),
  })
}

export type Proposal = {
  code: string
  scope: string
  effective_from: string
  body: Body
  retired: boolean
}

/** Sends a version. `latest` is the number the change was made from: a newer one refuses it. */
export function useProposing(kind: string) {
  const client = useClient()
  const queries = useQueryClient()
  return {
    async propose(proposal: Proposal, key: string, latest: number): Promise<Version> {
      const version = await carryOut(
        client.POST('/platform/parameters/{kind}', {
          params: { path: { kind } },
          body: proposal,
          ...intended({ key }, `"${latest}"`),
        }),
      )
      await queries.invalidateQueries({ queryKey: [OWN] })
      return version
    },
  }
}

/** The version people mean when they say "the set": in force, else waiting, else the newest. */
export function standing(versions: readonly Version[]): Version | undefined {
  const inState = (...states: string[]) =>
    versions.find((version) => states.includes(version.state))
  return inState('effective') ?? inState('approved', 'pending_approval') ?? versions[0]
}
