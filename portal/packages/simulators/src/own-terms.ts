/** Stands for terms of one's own, without a product; staff alone may simulate them. */
export const OWN_TERMS = '-'

export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }

/** The value without what was left blank; undefined where nothing stays. */
export function withoutBlanks(value: Json): Json | undefined {
  if (value === '' || value === null) return undefined
  if (Array.isArray(value)) {
    const rows = value.map(withoutBlanks).filter((row) => row !== undefined)
    return rows.length > 0 ? rows : undefined
  }
  if (typeof value !== 'object') return value
  const fields = Object.entries(value).flatMap(([name, inner]): [string, Json][] => {
    const kept = withoutBlanks(inner)
    return kept === undefined ? [] : [[name, kept]]
  })
  return fields.length > 0 ? Object.fromEntries(fields) : undefined
}

/** The text of an address for terms: nothing that was left blank, nothing where there are none. */
export function termsText(text: string): string {
  if (text === '') return ''
  const body = withoutBlanks(JSON.parse(text) as Json)
  return body === undefined ? '' : JSON.stringify(body)
}

/** The longest text of terms in an address. */
const MOST_JSON = 6000

/** A text that holds one JSON object; anything else is as if it were not there. */
export function jsonText(text: string | undefined, most = MOST_JSON): string {
  if (text === undefined || text.length > most) return ''
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? text : ''
  } catch {
    return ''
  }
}
