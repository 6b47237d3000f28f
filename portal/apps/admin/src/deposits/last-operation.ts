import { useSyncExternalStore } from 'react'

/** The last operation a person made at the desk of this tab, for "reverse last" (F9). */
export type LastOperation = {
  user: string
  entry: string
  title: string
  amount: string
  account: string
}

let last: LastOperation | null = null
const listeners = new Set<() => void>()

export function rememberOperation(operation: LastOperation | null): void {
  last = operation
  listeners.forEach((listener) => listener())
}

function subscribe(listener: () => void) {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

/** What the given user did last here; nothing of anybody else's. */
export function useLastOperation(user: string): LastOperation | null {
  const known = useSyncExternalStore(subscribe, () => last)
  return known?.user === user ? known : null
}
