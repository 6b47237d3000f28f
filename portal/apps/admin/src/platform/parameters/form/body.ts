/** A parameter body while it is edited: plain JSON. Amounts and rates in it stay text. */
export type Json = string | number | boolean | null | Json[] | { [name: string]: Json }
export type Body = { [name: string]: Json }
export type Path = readonly (string | number)[]

export const dotted = (path: Path) => path.join('.')

export function isBody(value: Json | undefined): value is Body {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** What stands at a path; undefined where the body says nothing. */
export function valueAt(body: Json | undefined, path: Path): Json | undefined {
  const [step, ...rest] = path
  if (step === undefined) return body
  if (Array.isArray(body)) return valueAt(body[Number(step)], rest)
  return isBody(body) ? valueAt(body[step], rest) : undefined
}

/** The body with another value at a path; `undefined` takes the field out, so that its default holds. */
export function withValue(body: Json | undefined, path: Path, value: Json | undefined): Json {
  const [step, ...rest] = path
  if (step === undefined) return value ?? null
  if (typeof step === 'number') {
    const list = Array.isArray(body) ? [...body] : []
    if (rest.length === 0 && value === undefined) list.splice(step, 1)
    else list[step] = withValue(list[step], rest, value)
    return list
  }
  const { [step]: inner, ...others } = isBody(body) ? body : {}
  if (rest.length === 0 && value === undefined) return others
  const known = isBody(body) ? body : {}
  return { ...known, [step]: withValue(inner, rest, value) }
}

/** A list with one of its rows a place earlier or later. */
export function moved(list: readonly Json[], from: number, by: -1 | 1): Json[] {
  const row = list[from]
  const to = from + by
  if (row === undefined || to < 0 || to >= list.length) return [...list]
  const rest = list.filter((_, at) => at !== from)
  return [...rest.slice(0, to), row, ...rest.slice(to)]
}

/** Whether two values say the same, whatever the order of their names. */
export function same(one: Json | undefined, other: Json | undefined): boolean {
  if (Array.isArray(one) && Array.isArray(other))
    return one.length === other.length && one.every((row, at) => same(row, other[at]))
  if (isBody(one) && isBody(other)) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)])
    return [...names].every((name) => same(one[name], other[name]))
  }
  return one === other
}
