import type { Api, SessionState } from '@minga/api-client'
import type { Texts } from '@minga/i18n'
import { createContext, useContext, useSyncExternalStore } from 'react'
import type { Tenant } from '../tenant/ask'

export type MemberApi = Api<'member'>
export type MemberSessionState = SessionState<
  Extract<ReturnType<MemberApi['session']['snapshot']>, { profile: unknown }>['profile']['user']
>

type Portal = { api: MemberApi; texts: Texts; tenant: Tenant; leaveTenant: () => void }

export const PortalContext = createContext<Portal | null>(null)

/** The API, the texts and the cooperative whose portal this is. */
export function usePortal(): Portal {
  const portal = useContext(PortalContext)
  if (portal === null) throw new Error('PortalContext is missing')
  return portal
}

export function useSessionState(session: MemberApi['session']): MemberSessionState {
  return useSyncExternalStore(session.subscribe, session.snapshot)
}

/** Who is signed in. Only under a guarded route. */
export function useProfile() {
  const { api } = usePortal()
  const state = useSessionState(api.session)
  if (state.status === 'anonymous') throw new Error('nobody is signed in')
  return state.profile
}
