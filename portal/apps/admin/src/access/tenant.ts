import { unwrap } from '@minga/api-client'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import type { Answer } from '../app/answers'
import { useSessionState, type StaffApi } from '../app/context'

export type Tenant = Answer<'/platform/tenants/{code}/branding'>

/** How the console looks before its cooperative is known. */
export const UNKNOWN_TENANT = {
  code: '',
  name: 'Minga',
  languages: ['es', 'en'],
  locale: 'es-EC',
  branding: {},
}

const KEPT_TENANT = 'minga.console.tenant'
const CODE = /^[a-z0-9][a-z0-9-]{1,40}$/

function firstCode(): string {
  const asked = new URL(window.location.href).searchParams.get('t')?.toLowerCase()
  if (asked !== undefined && CODE.test(asked)) return asked
  return window.localStorage.getItem(KEPT_TENANT) ?? ''
}

/** Whose console this is: the session's cooperative, else the one chosen or kept on this device. */
export function useTenantChoice(api: StaffApi) {
  const session = useSessionState(api.session)
  const [chosen, setChosen] = useState(firstCode)
  const code = session.status === 'anonymous' ? chosen : session.profile.tenant.code
  const branding = useQuery({
    queryKey: ['tenant', code],
    enabled: code !== '',
    staleTime: 10 * 60_000,
    queryFn: () =>
      unwrap(api.client.GET('/platform/tenants/{code}/branding', { params: { path: { code } } })),
  })
  const known = branding.data
  useEffect(() => {
    if (known !== undefined) window.localStorage.setItem(KEPT_TENANT, known.code)
  }, [known])
  const choose = useCallback((next: string) => setChosen(next), [])
  return { code, tenant: known ?? UNKNOWN_TENANT, unknown: branding.isError, choose }
}
