/** The parts of a name, by kind of person, in the order in which they are captured. */
export const NAMES = {
  natural: ['given_1', 'given_2', 'surname_1', 'surname_2'],
  legal: ['business_name', 'trade_name'],
} as const

export type PersonKind = keyof typeof NAMES
export type NameField = (typeof NAMES)[PersonKind][number]
export type Names = Record<NameField, string>

export const NO_NAMES: Names = {
  given_1: '',
  given_2: '',
  surname_1: '',
  surname_2: '',
  business_name: '',
  trade_name: '',
}

export function namesOf(party: Names): Names {
  const { given_1, given_2, surname_1, surname_2, business_name, trade_name } = party
  return { given_1, given_2, surname_1, surname_2, business_name, trade_name }
}
