import { useState } from 'react'
import type { Fault } from '../limits'

/**
 * Which faults are told: too much at once, the rest when the field is left, so that nobody is corrected
 * while still typing.
 */
export function useLeft<Field extends string>() {
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set())
  return {
    leave: (field: Field) => () => setLeft((now) => new Set([...now, field])),
    told: (field: Field, fault: Fault | undefined): Fault | undefined =>
      fault?.reason === 'above' || left.has(field) ? fault : undefined,
  }
}
