import { intended, unwrap } from '@minga/api-client'
import { useLanguage } from '@minga/i18n'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { carryOut, type Answer, type Item } from '../../app/answers'
import { useClient } from '../../app/context'
import { OWN } from '../../app/queries'
import { codeOfError } from './progress'

export type Run = Answer<'/platform/closing-runs/{run_id}'>
export type Step = Run['steps'][number]
export type Due = Item<'/platform/dues'>

/** Whether a run says it is under way while nobody carries it out: it waits for somebody to resume it. */
export const isStopped = (run: Pick<Run, 'state' | 'executing'>) =>
  run.state === 'running' && !run.executing

/** Whether the day that a run opens is up to somebody to start. */
export const isWaiting = (run: Pick<Run, 'start_of_day'>) => run.start_of_day === 'waiting'

/** How often a run that is under way is asked for. */
const POLL_MILLIS = 1000
const LIST_MILLIS = 5000

export function useRuns() {
  const client = useClient()
  return useQuery({
    queryKey: [OWN, 'closing', 'runs'],
    queryFn: () => unwrap(client.GET('/platform/closing-runs')),
    select: (answer) => answer.items,
    refetchInterval: (query) =>
      query.state.data?.items.some((run) => run.state === 'running') ? LIST_MILLIS : false,
  })
}

export function useRun(id: string) {
  const client = useClient()
  return useQuery({
    queryKey: [OWN, 'closing', 'run', id],
    queryFn: () =>
      unwrap(client.GET('/platform/closing-runs/{run_id}', { params: { path: { run_id: id } } })),
    refetchInterval: (query) => (query.state.data?.state === 'running' ? POLL_MILLIS : false),
  })
}

/** What waits for a start of day in a branch or, with a date, what that one settled. */
export function useDues(branch: string, settledOn: string | null) {
  const client = useClient()
  return useQuery({
    queryKey: [OWN, 'closing', 'dues', branch, settledOn],
    enabled: branch !== '',
    queryFn: () =>
      unwrap(
        client.GET('/platform/dues', {
          params: { query: { branch, ...(settledOn === null ? {} : { settled_on: settledOn }) } },
        }),
      ),
    select: (answer) => answer.items,
  })
}

/** The bank's own words on a problem: what it is, and what to do about it. */
export function useRemedy(error: string) {
  return useProblemWords(codeOfError(error))
}

/** The bank's own words on a problem by its code. */
export function useProblemWords(code: string | null) {
  const client = useClient()
  const { current } = useLanguage()
  return useQuery({
    queryKey: [OWN, 'remedy', code, current],
    enabled: code !== null,
    staleTime: Infinity,
    queryFn: () =>
      unwrap(
        client.GET('/platform/texts/{language}', {
          params: { path: { language: current }, query: { prefix: `errors.${code}.` } },
        }),
      ),
    select: (words) => ({
      title: words[`errors.${code}.title`],
      remedy: words[`errors.${code}.remedy`],
    }),
  })
}

/** Start, retry, cancel, skip, start the next day: what an operator may do with runs. */
export function useOperating() {
  const client = useClient()
  const queries = useQueryClient()
  const refresh = () => queries.invalidateQueries({ queryKey: [OWN] })
  const start = useMutation({
    mutationFn: ({ businessDate, key }: { businessDate: string; key: string }) =>
      carryOut(
        client.POST('/platform/closing-runs', {
          body: { business_date: businessDate },
          ...intended({ key }),
        }),
      ),
    onSuccess: refresh,
  })
  const retry = useMutation({
    mutationFn: ({ id, reason, key }: { id: string; reason: string; key: string }) =>
      carryOut(
        client.POST('/platform/closing-runs/{run_id}/retries', {
          params: { path: { run_id: id } },
          body: { reason },
          ...intended({ key }),
        }),
      ),
    onSuccess: refresh,
  })
  const cancel = useMutation({
    mutationFn: ({ id, reason, key }: { id: string; reason: string; key: string }) =>
      carryOut(
        client.POST('/platform/closing-runs/{run_id}/cancellations', {
          params: { path: { run_id: id } },
          body: { reason },
          ...intended({ key }),
        }),
      ),
    onSuccess: refresh,
  })
  const skip = useMutation({
    mutationFn: (asked: { id: string; step: string; part: string; reason: string; key: string }) =>
      carryOut(
        client.POST('/platform/closing-runs/{run_id}/skips', {
          params: { path: { run_id: asked.id } },
          body: { step: asked.step, part: asked.part, reason: asked.reason },
          ...intended({ key: asked.key }),
        }),
      ),
    onSuccess: refresh,
  })
  const startDay = useMutation({
    mutationFn: ({ id, key }: { id: string; key: string }) =>
      carryOut(
        client.POST('/platform/closing-runs/{run_id}/starts-of-day', {
          params: { path: { run_id: id } },
          ...intended({ key }),
        }),
      ),
    onSuccess: refresh,
  })
  return { start, retry, cancel, skip, startDay }
}
