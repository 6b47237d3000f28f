import { unwrap, type Model } from '@minga/api-client'
import type { MemberApi } from '../app/context'

export type Tenant = Model<'TenantBranding'>

const KEPT_TENANT = 'minga.tenant'
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

/** The cooperative of the address, else the one kept on this device. */
export function firstCode(): string | null {
  return tenantInAddress(new URL(window.location.href)) ?? window.localStorage.getItem(KEPT_TENANT)
}

export function keptBranding(code: string | null): Tenant | null {
  if (code === null) return null
  try {
    const kept = window.localStorage.getItem(`${KEPT_TENANT}.${code}`)
    return kept === null ? null : (JSON.parse(kept) as Tenant)
  } catch {
    return null
  }
}

export function keepBranding(tenant: Tenant): void {
  window.localStorage.setItem(KEPT_TENANT, tenant.code)
  window.localStorage.setItem(`${KEPT_TENANT}.${tenant.code}`, JSON.stringify(tenant))
}

/** The next visit to this device asks which cooperative it is. */
export function forgetTenant(): void {
  window.localStorage.removeItem(KEPT_TENANT)
}

export const askBranding = (api: MemberApi, code: string) =>
  unwrap(api.open.GET('/platform/tenants/{code}/branding', { params: { path: { code } } }))
