import { createContext, useCallback, useContext, useLayoutEffect, useMemo, useState } from 'react'
import { useSyncExternalStore, type ReactNode } from 'react'

export type Scheme = 'auto' | 'light' | 'dark'
export type ShownScheme = 'light' | 'dark'

const KEPT = 'minga.scheme'
const SYSTEM = '(prefers-color-scheme: dark)'

type SchemeValue = {
  /** What the person chose; `auto` follows the system. */
  chosen: Scheme
  shown: ShownScheme
  choose: (scheme: Scheme) => void
  toggle: () => void
}

const SchemeContext = createContext<SchemeValue>({
  chosen: 'auto',
  shown: 'light',
  choose: () => undefined,
  toggle: () => undefined,
})

/** Light or dark: what is shown, what was chosen, and how to choose. */
export function useScheme(): SchemeValue {
  return useContext(SchemeContext)
}

function keptScheme(): Scheme {
  const kept = window.localStorage.getItem(KEPT)
  return kept === 'light' || kept === 'dark' ? kept : 'auto'
}

function onSystemChange(listener: () => void) {
  const query = window.matchMedia(SYSTEM)
  query.addEventListener('change', listener)
  return () => query.removeEventListener('change', listener)
}

const systemIsDark = () => window.matchMedia(SYSTEM).matches

/** Marks the page with the scheme that tokens.css and Mantine read. */
export function SchemeProvider({ children }: { children: ReactNode }) {
  const [chosen, setChosen] = useState(keptScheme)
  const dark = useSyncExternalStore(onSystemChange, systemIsDark)
  const shown = chosen === 'auto' ? (dark ? 'dark' : 'light') : chosen
  useLayoutEffect(() => {
    document.documentElement.setAttribute('data-mantine-color-scheme', shown)
  }, [shown])
  const choose = useCallback((scheme: Scheme) => {
    window.localStorage.setItem(KEPT, scheme)
    setChosen(scheme)
  }, [])
  const value = useMemo(
    () => ({
      chosen,
      shown,
      choose,
      toggle: () => choose(shown === 'dark' ? 'light' : 'dark'),
    }),
    [chosen, shown, choose],
  ) satisfies SchemeValue
  return <SchemeContext value={value}>{children}</SchemeContext>
}
