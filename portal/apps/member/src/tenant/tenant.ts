import { isProblem, unwrap, type Model } from '@minga/api-client'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo, useState } from 'react'
import { useSessionState, type MemberApi } from '../app/context'
import { wearManifest } from './manifest'

export type Tenant = Model<'TenantBranding'>

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

const KEPT_TENANT = 'minga.tenant'
/** The manifest is for installing, which nobody does in the first moments. */
const MANIFEST_DELAY_MILLIS = 2500
const CODE = /^[a-z0-9][a-z0-9-]{1,40}$/

/** From `?t=code`, else the first label of a name such as `chakana.portal.example`. */
export function tenantInAddress(address: URL): string | null {
  const asked = address.searchParams.get('t')
  if (asked !== null && CODE.test(asked)) return asked
  const labels = address.hostname.split('.')
  const first = labels[0] ?? ''
  const named = labels.length > 2 && CODE.test(first) && !/^\d+$/.test(first) && first !== 'www'
  return named ? first : null
}

declare global {
  interface Window {
    /** Left by early.js. */
    mingaEarly?: { code: string; answer: Promise<Tenant | null> } | undefined
  }
}

/** The branding asked for before this code had arrived, once; null when there is none. */
function early(code: string | null): Promise<Tenant | null> | null {
  const { mingaEarly } = window
  window.mingaEarly = undefined
  return mingaEarly?.code === code ? mingaEarly.answer : null
}

export type TenantChoice = {
  tenant: Tenant | null
  status: 'choosing' | 'loading' | 'unknown' | 'failed' | 'known'
  error: unknown
  choose: (code: string) => void
  leave: () => void
  retry: () => void
}

function keptBranding(code: string): Tenant | null {
  try {
    const kept = window.localStorage.getItem(`${KEPT_TENANT}.${code}`)
    return kept === null ? null : (JSON.parse(kept) as Tenant)
  } catch {
    return null
  }
}

function firstCode(): string | null {
  return tenantInAddress(new URL(window.location.href)) ?? window.localStorage.getItem(KEPT_TENANT)
}

/** Whose portal this is: the session's cooperative, else the address's, else the one kept here. */
export function useTenantChoice(api: MemberApi): TenantChoice {
  const session = useSessionState(api.session)
  const [chosen, setChosen] = useState(firstCode)
  const code = session.status === 'anonymous' ? chosen : session.profile.tenant.code
  const branding = useQuery({
    queryKey: ['tenant', code],
    enabled: code !== null,
    staleTime: 10 * 60_000,
    queryFn: async () =>
      (await early(code)) ??
      unwrap(
        api.client.GET('/platform/tenants/{code}/branding', {
          params: { path: { code: code ?? '' } },
        }),
      ),
  })
  const kept = useMemo(() => (code === null ? null : keptBranding(code)), [code])
  const tenant = branding.data ?? kept

  useEffect(() => {
    if (tenant === null) return
    window.localStorage.setItem(KEPT_TENANT, tenant.code)
    window.localStorage.setItem(`${KEPT_TENANT}.${tenant.code}`, JSON.stringify(tenant))
    const later = window.setTimeout(() => wearManifest(tenant), MANIFEST_DELAY_MILLIS)
    return () => window.clearTimeout(later)
  }, [tenant])

  const choose = useCallback((next: string) => setChosen(next), [])
  const leave = useCallback(() => {
    window.localStorage.removeItem(KEPT_TENANT)
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
