import { useMay } from '../app/me'
import { useSets } from '../platform/parameters/parameters'

/** A status of the cooperative as it is chosen by hand. */
export type StatusCode = {
  code: string
  name: string
  manual: boolean
  asksWhy: boolean
  /** The statuses that may follow; none named, any. */
  next: string[]
}

const KIND = 'deposits.status_code'

const texts = (value: unknown) => (Array.isArray(value) ? value.map(String) : [])

/** The statuses of accounts in force, for whoever may read parameters. */
export function useStatusCodes() {
  const may = useMay()
  const sets = useSets(KIND, '', may('platform.read_parameters', 'deposits.change_status'))
  return {
    ...sets,
    data: sets.data?.items
      .filter(({ state }) => state === 'effective')
      .map(({ code, label, body }): StatusCode => ({
        code,
        name: label,
        manual: body.manual === true,
        asksWhy: body.reason_required === true,
        next: texts(body.next_codes),
      })),
  }
}

/** The statuses that people may put an account under that has this one. */
export function nextOf(codes: readonly StatusCode[], now: string): StatusCode[] {
  const next = codes.find(({ code }) => code === now)?.next ?? []
  return codes.filter(
    ({ code, manual }) => manual && code !== now && (next.length === 0 || next.includes(code)),
  )
}
