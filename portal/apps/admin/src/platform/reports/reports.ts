import { saveDocument, unwrap } from '@minga/api-client'
import { useMutation, useQuery } from '@tanstack/react-query'
import { carryOut, type Answer, type Item } from '../../app/answers'
import { useClient } from '../../app/context'
import { OWN } from '../../app/queries'

export type Report = Item<'/platform/reports'>
export type Filter = Report['filters'][number]
export type Column = Report['columns'][number]
export type Result = Answer<'/platform/reports/{code}/runs', 'post'>
export type Format = 'json' | 'csv' | 'xlsx' | 'pdf'
export type FilterValue = string | boolean
export type FilterValues = Record<string, FilterValue>

export function useReports() {
  const client = useClient()
  return useQuery({
    queryKey: [OWN, 'reports'],
    queryFn: () => unwrap(client.GET('/platform/reports')),
    select: (answer) => answer.items,
  })
}

/** The filters as the report takes them: numbers as numbers, and nothing that was left blank. */
export function filtersAsked(filters: readonly Filter[], values: FilterValues) {
  const asked = filters.flatMap((filter): [string, string | number | boolean][] => {
    const value = values[filter.name]
    if (value === undefined || value === '') return []
    return [[filter.name, filter.type === 'integer' ? Number(value) : value]]
  })
  return Object.fromEntries(asked)
}

export type Run = {
  code: string
  filters: Record<string, unknown>
  format: Format
  language?: string
}

/** Runs a report; a file goes to the browser as a download. */
export function useRunning() {
  const client = useClient()
  return useMutation({
    mutationFn: async ({ code, filters, format, language }: Run): Promise<Result> => {
      const result = await carryOut(
        client.POST('/platform/reports/{code}/runs', {
          params: { path: { code } },
          body: {
            filters,
            format,
            language: language ?? null,
            locale: null,
            bom: format === 'csv',
          },
        }),
      )
      deliver(result as Result)
      return result as Result
    },
  })
}

/** Hands the file of a report to the browser: as a download, or by its address where it is large. */
export function deliver(result: Result) {
  const { filename, content_type: type, content_base64: content, url } = result
  if (url) window.open(url, '_blank', 'noopener')
  if (!filename || !type || !content) return
  saveDocument({ filename, content_type: type, content_base64: content })
}
