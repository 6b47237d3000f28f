import { ApiProblem, type Api } from '@minga/api-client'
import { QueryClient } from '@tanstack/react-query'

/** Long enough to go back and forth without asking again; a refresh always asks. */
const FRESH_MILLIS = 10_000

const isFinal = (error: unknown) => error instanceof ApiProblem && error.status < 500

/** Everything that was asked for on behalf of whoever is signed in is kept under this key. */
export const OWN = 'own'

/** The cache of what has been asked for. It is emptied when the session ends. */
export function createQueries(session: Api<'staff'>['session']): QueryClient {
  const queries = new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: FRESH_MILLIS,
        retry: (failures, error) => failures < 1 && !isFinal(error),
        networkMode: 'always',
      },
      mutations: { retry: false, networkMode: 'always' },
    },
  })
  session.subscribe(() => {
    if (session.snapshot().status === 'anonymous')
      queries.removeQueries({ predicate: (query) => query.queryKey[0] === OWN })
  })
  return queries
}
