import { cleanup, configure } from '@testing-library/react'
import { afterEach } from 'vitest'

/** What the browser has and the test environment lacks. */
window.matchMedia ??= (query: string) =>
  ({
    matches: false,
    media: query,
    addEventListener: () => undefined,
    removeEventListener: () => undefined,
  }) as unknown as MediaQueryList
window.ResizeObserver ??= class {
  observe() {}
  unobserve() {}
  disconnect() {}
} as unknown as typeof ResizeObserver

/** What is tested is what comes, not how soon: a busy machine is given time. */
const PATIENCE_MILLIS = 20_000
configure({ asyncUtilTimeout: PATIENCE_MILLIS })

afterEach(() => {
  cleanup()
  window.localStorage.clear()
  window.sessionStorage.clear()
})
