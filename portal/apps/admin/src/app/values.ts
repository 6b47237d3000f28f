import { unwrap } from '@minga/api-client'
import { useQuery } from '@tanstack/react-query'
import { useClient } from './context'
import { OWN } from './queries'

const STALE_MILLIS = 5 * 60_000

/**
 * What a field of an operation means and the values it takes now, for anyone signed in:
 * `useFieldTopic('parties.register_party', 'document_type')`.
 */
export function useFieldTopic(screen: string, field: string) {
  const client = useClient()
  return useQuery({
    queryKey: [OWN, 'topic', screen, field],
    staleTime: STALE_MILLIS,
    retry: false,
    queryFn: () =>
      unwrap(client.GET('/platform/help-topics', { params: { query: { screen, field } } })),
  })
}

/** The values of a code table that may be chosen, as options of a picker. */
export function useCodeTable(table: string) {
  const client = useClient()
  return useQuery({
    queryKey: [OWN, 'code_table', table],
    staleTime: STALE_MILLIS,
    retry: false,
    queryFn: () =>
      unwrap(client.GET('/administration/code-tables/{table}', { params: { path: { table } } })),
    select: (answer) => answer.items.map(({ code, name }) => ({ value: code, label: name })),
  })
}

/** The bank's own words under a prefix: labels of fields and of their options. */
export function useWords(prefix: string, language: string) {
  const client = useClient()
  return useQuery({
    queryKey: [OWN, 'words', prefix, language],
    staleTime: STALE_MILLIS,
    queryFn: () =>
      unwrap(
        client.GET('/platform/texts/{language}', {
          params: { path: { language }, query: { prefix } },
        }),
      ),
  })
}
