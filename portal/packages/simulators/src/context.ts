import type { Api } from '@minga/api-client'
import { createContext, useContext } from 'react'

type Client = Api<'member'>['client']

export type SimulatorSetting = {
  client: Client
  /** Code of the cooperative whose products these are. */
  tenant: string
  /** A visitor names the cooperative in every request; whoever is signed in need not. */
  visitor: boolean
  /** Staff see every product in force and may set terms of their own. */
  staff: boolean
  /** Address of the page that a shared link opens, with what it always carries. */
  linkBase: string
}

export const SimulatorContext = createContext<SimulatorSetting | null>(null)

/** Who simulates, and with which client. */
export function useSimulator(): SimulatorSetting {
  const setting = useContext(SimulatorContext)
  if (setting === null) throw new Error('SimulatorContext is missing')
  return setting
}
