import { createContext, useContext } from 'react'
import type { Body, Json, Path } from './body'

export type Draft = {
  body: Body
  /** Writes a value; undefined leaves the field to its default. */
  change: (path: Path, value: Json | undefined) => void
  /** What is wrong with the field at a dotted path. */
  errorAt: (path: string) => string | undefined
  /** Currency of the amounts of the form. */
  currency: string
}

export const DraftContext = createContext<Draft | null>(null)

/** The body being edited and how to change it. */
export function useDraft(): Draft {
  const draft = useContext(DraftContext)
  if (draft === null) throw new Error('DraftContext is missing')
  return draft
}
