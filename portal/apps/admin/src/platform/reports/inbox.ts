import { unwrap } from '@minga/api-client'
import { useInfiniteQuery, useMutation } from '@tanstack/react-query'
import { carryOut, type Answer, type Item } from '../../app/answers'
import { useClient } from '../../app/context'
import { OWN } from '../../app/queries'
import { deliver, type Format } from './reports'

export type ReportFile = Item<'/platform/report-files'>
export type Reissued = Answer<'/platform/report-files/{id}/issues', 'post'>

/** The reports that the end of day made for a branch, the latest first; `all`: for the institution. */
export function useReportFiles(branch: string) {
  const client = useClient()
  return useInfiniteQuery({
    queryKey: [OWN, 'report_files', branch],
    enabled: branch !== '',
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      unwrap(
        client.GET('/platform/report-files', {
          params: { query: { branch, ...(cursor === undefined ? {} : { cursor }) } },
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
  })
}

/** Asks for the address of a report, which holds for some minutes, and opens it. */
export function useOpening() {
  const client = useClient()
  return useMutation({
    mutationFn: async (id: string) => {
      const file = await unwrap(
        client.GET('/platform/report-files/{id}', { params: { path: { id } } }),
      )
      if (file.url) window.open(file.url, '_blank', 'noopener')
      return file
    },
  })
}

/** The same report again, in another language or form, as a download. */
export function useReissuing() {
  const client = useClient()
  return useMutation({
    mutationFn: async (asked: { id: string; format: Format; language: string }) => {
      const result = await carryOut(
        client.POST('/platform/report-files/{id}/issues', {
          params: { path: { id: asked.id } },
          body: { format: asked.format, language: asked.language, locale: null },
        }),
      )
      deliver(result)
      return result
    },
  })
}
