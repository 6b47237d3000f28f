import type { QueryClient } from '@tanstack/react-query'
import type { Ahead } from '../ahead'
import { askMovements, askPosition } from '../position/ask'
import { movementsQuery, positionQuery } from '../position/own'
import { askBranding } from '../tenant/ask'
import { brandingQuery } from '../tenant/tenant'

/** The answer that was asked for ahead, once; who tries again asks again. */
function first<T>(answer: Promise<T>, ask: () => Promise<T>): () => Promise<T> {
  let taken = false
  return () => {
    if (taken) return ask()
    taken = true
    return answer
  }
}

/** Puts what was asked for ahead where the pages look for it. */
export function warmData(ahead: Ahead, queries: QueryClient): void {
  const { api, language, branding, position, movements } = ahead
  if (branding !== null) {
    const { code, answer } = branding
    const queryFn = first(answer, () => askBranding(api, code))
    void queries.prefetchQuery({ ...brandingQuery(api, code), queryFn })
  }
  if (position !== null) {
    const queryFn = first(position, () => askPosition(api))
    void queries.prefetchQuery({ ...positionQuery(api, language), queryFn })
  }
  if (movements !== null) {
    const { account, answer } = movements
    const queryFn = first(answer, () => askMovements(api, account, null, null))
    void queries.prefetchInfiniteQuery({
      ...movementsQuery(api, language, account, null),
      queryFn,
    })
  }
}
