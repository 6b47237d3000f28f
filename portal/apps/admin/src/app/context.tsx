import type { Api, SessionState } from '@minga/api-client'
import type { Texts } from '@minga/i18n'
import { createContext, useContext, useSyncExternalStore } from 'react'

export type StaffApi = Api<'staff'>
type Session = StaffApi['session']
export type StaffProfile = Extract<ReturnType<Session['snapshot']>, { profile: unknown }>['profile']

type Console = { api: StaffApi; texts: Texts; tenant: string; leaveTenant: () => void }

export const ConsoleContext = createContext<Console | null>(null)

/** The API, the texts and the cooperative whose console this is. */
export function useConsole(): Console {
  const console = useContext(ConsoleContext)
  if (console === null) throw new Error('ConsoleContext is missing')
  return console
}

/** The typed client of the API. */
export function useClient(): StaffApi['client'] {
  return useConsole().api.client
}

export function useSessionState(session: Session): SessionState<StaffProfile['user']> {
  return useSyncExternalStore(session.subscribe, session.snapshot)
}

/** Who is signed in. Only under a guarded route. */
export function useProfile(): StaffProfile {
  const { api } = useConsole()
  const state = useSessionState(api.session)
  if (state.status === 'anonymous') throw new Error('nobody is signed in')
  return state.profile
}
