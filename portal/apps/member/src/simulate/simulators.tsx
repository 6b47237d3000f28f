import { SIMULATOR_TEXTS, SimulatorContext } from '@minga/simulators'
import { use, useMemo, type ReactNode } from 'react'
import { usePortal, useSessionState } from '../app/context'

/** Gives the simulators their texts, and who is asking. */
export function Simulators({ path, children }: { path: string; children: ReactNode }) {
  const { api, texts, tenant } = usePortal()
  const { status } = useSessionState(api.session)
  const visitor = status === 'anonymous'
  use(texts.add(SIMULATOR_TEXTS))
  const setting = useMemo(() => {
    const link = new URL(path, window.location.origin)
    link.searchParams.set('t', tenant.code)
    return {
      client: api.client,
      tenant: tenant.code,
      visitor,
      staff: false,
      linkBase: link.toString(),
    }
  }, [api, tenant, visitor, path])
  return <SimulatorContext value={setting}>{children}</SimulatorContext>
}
