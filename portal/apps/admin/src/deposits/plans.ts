import { unwrap } from '@minga/api-client'
import { useQuery } from '@tanstack/react-query'
import { useClient } from '../app/context'
import { useMay } from '../app/me'
import { OWN } from '../app/queries'
import type { Body } from '../platform/parameters/form/body'

export const PLAN_KIND = 'deposits.plan'

/** A plan that is in force, as people choose it. */
export type Plan = { code: string; name: string; description: string; body: Body }

const textIn = (words: unknown, language: string): string => {
  if (typeof words !== 'object' || words === null) return ''
  const byLanguage = words as Record<string, string>
  return byLanguage[language] ?? byLanguage.es ?? ''
}

/** The plans in force with their terms, for whoever may read parameters. */
export function usePlans(language: string) {
  const client = useClient()
  const may = useMay()
  return useQuery({
    queryKey: [OWN, 'plans'],
    enabled: may('platform.read_parameters', 'deposits.open_account'),
    queryFn: () =>
      unwrap(
        client.GET('/platform/parameters/{kind}', {
          params: { path: { kind: PLAN_KIND }, query: {} },
        }),
      ),
    select: (answer) =>
      answer.items
        .filter((set) => set.state === 'effective')
        .map((set): Plan => {
          const body = set.body as Body
          const description = textIn(body.descriptions, language)
          return { code: set.code, name: set.label, description, body }
        }),
  })
}
