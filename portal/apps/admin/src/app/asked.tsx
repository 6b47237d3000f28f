import { ErrorState, SkeletonRows } from '@minga/ui'
import type { ReactNode } from 'react'

type Query<T> = {
  data: T | undefined
  error: unknown
  isPending: boolean
  refetch: () => unknown
}

type AskedProps<T> = {
  query: Query<T>
  /** Stands in until the first answer. */
  skeleton?: ReactNode
  children: (data: T) => ReactNode
}

/** What was asked of the API: its skeleton, its error with a way to try again, or the answer. */
export function Asked<T>({ query, skeleton, children }: AskedProps<T>) {
  if (query.data !== undefined) return children(query.data)
  if (query.error !== null && query.error !== undefined && !query.isPending)
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} compact />
  return skeleton ?? <SkeletonRows rows={5} />
}
