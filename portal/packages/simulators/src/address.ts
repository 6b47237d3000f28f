/** The most options that stand side by side. */
export const MOST_OPTIONS = 3

/** What one option says of itself in the address: short names and plain texts. */
export type AddressFields = Record<string, string>

/** Parameters of the first option have their plain name, those of the others a number after it. */
const named = (name: string, option: number) => (option === 0 ? name : `${name}${option + 1}`)

/** The options of an address; null where one has no product and so is none. */
export function optionsIn(
  search: URLSearchParams,
  names: readonly string[],
): (AddressFields | null)[] {
  const options = Array.from({ length: MOST_OPTIONS }, (_, option) => {
    const found: AddressFields = {}
    for (const name of names) {
      const value = search.get(named(name, option))
      if (value !== null && value !== '') found[name] = value
    }
    return found.p === undefined ? null : found
  })
  const last = options.findLastIndex((option) => option !== null)
  return options.slice(0, last + 1)
}

/** The address with these options and everything else it had. */
export function addressWith(
  search: URLSearchParams,
  names: readonly string[],
  options: readonly (AddressFields | null)[],
): URLSearchParams {
  const next = new URLSearchParams(search)
  for (let option = 0; option < MOST_OPTIONS; option += 1)
    for (const name of names) {
      const value = options[option]?.[name]
      if (value === undefined || value === '') next.delete(named(name, option))
      else next.set(named(name, option), value)
    }
  return next
}

const DATE = /^\d{4}-\d{2}-\d{2}$/
const AMOUNT = /^\d{1,13}(\.\d{1,6})?$/
const COUNT = /^\d{1,5}$/
const CODE = /^[A-Za-z0-9][A-Za-z0-9_.-]{0,39}$/

const matching = (pattern: RegExp) => (text: string | undefined) =>
  text !== undefined && pattern.test(text) ? text : ''

/** Readers of one text of an address; anything that is not of its shape is as if it were not there. */
export const readAmount = matching(AMOUNT)
export const readCount = matching(COUNT)
export const readCode = matching(CODE)

/** A real calendar date, else blank. */
export function readDate(text: string | undefined): string {
  if (text === undefined || !DATE.test(text)) return ''
  const day = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text) ? text : ''
}

export function readCodes(text: string | undefined): string[] {
  return (text ?? '').split(',').filter((code) => CODE.test(code))
}
