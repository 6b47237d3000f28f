import { isProblem } from '@minga/api-client'
import { queryOptions, useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useState } from 'react'
import { useSessionState, type MemberApi } from '../app/context'
import {
  askBranding,
  firstCode,
  forgetTenant,
  keepBranding,
  keptBranding,
  type Tenant,
} from './ask'
import { wearManifest } from './manifest'

/** How the portal looks before its cooperative is known. */
export const UNKNOWN_TENANT: Tenant = {
  code: '',
  name: 'Minga',
  languages: ['es', 'en'],
  default_language: 'es',
  locale: 'es-EC',
  currency: 'USD',
  country: '',
  branding: { primary: '', accent: '', logo: '', slogan: {} },
}

/** The manifest is for installing, which nobody does in the first moments. */
const MANIFEST_DELAY_MILLIS = 2500

export type TenantChoice = {
  tenant: Tenant | null
  status: 'choosing' | 'loading' | 'unknown' | 'failed' | 'known'
  error: unknown
  choose: (code: string) => void
  leave: () => void
  retry: () => void
}

/** A cooperative's name and colours: those kept here at once, and asked for again. */
export const brandingQuery = (api: MemberApi, code: string | null) =>
  queryOptions({
    queryKey: ['tenant', code],
    enabled: code !== null,
    staleTime: 10 * 60_000,
    // An answer that says the same as what is kept is the same object, and nothing is drawn again.
    initialData: () => keptBranding(code) ?? undefined,
    initialDataUpdatedAt: 0,
    queryFn: () => askBranding(api, code ?? ''),
  })

/** Whose portal this is: the session's cooperative, else the address's, else the one kept here. */
export function useTenantChoice(api: MemberApi): TenantChoice {
  const session = useSessionState(api.session)
  const [chosen, setChosen] = useState(firstCode)
  const code = session.status === 'anonymous' ? chosen : session.profile.tenant.code
  const branding = useQuery(brandingQuery(api, code))
  const tenant = branding.data ?? null

  useEffect(() => {
    if (tenant === null) return
    keepBranding(tenant)
    const later = window.setTimeout(() => wearManifest(tenant), MANIFEST_DELAY_MILLIS)
    return () => window.clearTimeout(later)
  }, [tenant])

  const choose = useCallback((next: string) => setChosen(next), [])
  const leave = useCallback(() => {
    forgetTenant()
    setChosen(null)
  }, [])
  return {
    tenant,
    status: statusOf(code, tenant, branding.error),
    error: branding.error,
    choose,
    leave,
    retry: () => void branding.refetch(),
  }
}

function statusOf(code: string | null, tenant: Tenant | null, error: unknown) {
  if (tenant !== null) return 'known'
  if (code === null) return 'choosing'
  if (error === null) return 'loading'
  return isProblem(error) && error.status === 404 ? 'unknown' : 'failed'
}
