import { SIMULATOR_TEXTS, SimulatorContext } from '@minga/simulators'
import { use, useMemo, useRef, type ReactNode } from 'react'
import { useConsole, useProfile } from './context'
import { useKeys } from './keys'

/** Gives the simulators their texts and the console's client; Ctrl+Enter projects from any field. */
export function Simulators({ path, children }: { path: string; children: ReactNode }) {
  const { api, texts } = useConsole()
  const { tenant } = useProfile()
  const place = useRef<HTMLDivElement>(null)
  use(texts.add(SIMULATOR_TEXTS))
  useKeys(
    {
      'Ctrl+Enter': () =>
        place.current
          ?.querySelector<HTMLButtonElement>('form button[type=submit]:not(:disabled)')
          ?.click(),
    },
    place,
  )
  const setting = useMemo(
    () => ({
      client: api.client,
      tenant: tenant.code,
      visitor: false,
      staff: true,
      linkBase: new URL(`/admin${path}`, window.location.origin).toString(),
    }),
    [api, tenant, path],
  )
  return (
    <SimulatorContext value={setting}>
      <div ref={place}>{children}</div>
    </SimulatorContext>
  )
}
