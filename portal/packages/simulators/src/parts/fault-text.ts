import { useFormats, useT } from '@minga/i18n'
import type { Fault } from '../limits'

/** Writes what is wrong with a field for people: limits as money, dates or plain numbers. */
export function useFaultText() {
  const t = useT()
  const formats = useFormats()
  return (fault: Fault | undefined, currency?: string): string | undefined => {
    if (fault === undefined) return undefined
    if (!('limit' in fault)) return t(`simulator.fault.${fault.reason}`)
    const dated = fault.reason === 'before' || fault.reason === 'after'
    const limit = dated
      ? formats.date(fault.limit)
      : currency === undefined
        ? formats.number(fault.limit)
        : formats.money({ amount: fault.limit, currency })
    return t(`simulator.fault.${fault.reason}`, { limit })
  }
}
