import { ErrorState, Splash } from '@minga/ui'
import { lazy, Suspense, type ReactNode } from 'react'
import type { MemberApi } from '../app/context'
import type { Tenant } from './ask'
import type { TenantChoice } from './tenant'

const TenantPicker = lazy(() => import('./tenant-picker'))

type TenantGateProps = {
  choice: TenantChoice
  api: MemberApi
  children: (tenant: Tenant) => ReactNode
}

/** Lets the portal through once its cooperative is known; else asks which one it is. */
export function TenantGate({ choice, api, children }: TenantGateProps) {
  const { tenant, status } = choice
  if (tenant !== null) return children(tenant)
  if (status === 'failed') return <ErrorState error={choice.error} onRetry={choice.retry} />
  if (status === 'loading') return <Splash />
  return (
    <Suspense fallback={<Splash />}>
      <TenantPicker api={api} unknown={status === 'unknown'} onChoose={choice.choose} />
    </Suspense>
  )
}
