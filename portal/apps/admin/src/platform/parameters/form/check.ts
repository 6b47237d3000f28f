import { isBody, type Body, type Json } from './body'
import type { Field } from './fields'

/** Dotted path → key of the text that says what is wrong. The API has the last word on everything else. */
export type Faults = Record<string, string>

const isBlank = (value: Json | undefined) =>
  value === undefined ||
  value === null ||
  value === '' ||
  (Array.isArray(value) && value.length === 0) ||
  (isBody(value) && Object.keys(value).length === 0)

/** What a person must still do before a body can be sent. */
export function faultsOf(fields: readonly Field[], body: Body, under = ''): Faults {
  return Object.assign({}, ...fields.map((field) => faultOf(field, body[field.name], under)))
}

function faultOf(field: Field, value: Json | undefined, under: string): Faults {
  const path = under === '' ? field.name : `${under}.${field.name}`
  if (isBlank(value)) {
    const missing = field.required && !field.nullable && field.kind !== 'group'
    return missing ? { [path]: 'admin.field.required' } : {}
  }
  if (field.kind === 'group' && isBody(value)) return faultsOf(field.fields, value, path)
  if (field.kind === 'rows' && Array.isArray(value))
    return Object.assign(
      {},
      ...value.map((row, at) => faultsOf(field.fields, isBody(row) ? row : {}, `${path}.${at}`)),
    )
  if (field.kind === 'scalar' && typeof value === 'number') {
    if (field.least !== null && value < field.least) return { [path]: 'admin.field.too_small' }
    if (field.most !== null && value > field.most) return { [path]: 'admin.field.too_large' }
  }
  return {}
}

/** A new row or set with what its fields start from. */
export function startOf(fields: readonly Field[]): Body {
  const started = fields.flatMap((field): [string, Json][] => {
    if (field.fallback !== undefined && field.fallback !== null)
      return [[field.name, structuredClone(field.fallback)]]
    if (field.kind === 'scalar' && field.scalar === 'boolean') return [[field.name, false]]
    return []
  })
  return Object.fromEntries(started)
}

/** The body as it is sent: no blank rows of words, no field that was emptied to its default. */
export function tidied(fields: readonly Field[], body: Body): Body {
  const kept = fields.flatMap((field): [string, Json][] => {
    const value = body[field.name]
    if (value === undefined) return []
    if (value === '' && !field.required && field.fallback !== '')
      return field.nullable ? [[field.name, null]] : []
    if (field.kind === 'group' && isBody(value)) return [[field.name, tidied(field.fields, value)]]
    if (field.kind === 'rows' && Array.isArray(value)) {
      const rows = value.map((row) => tidied(field.fields, isBody(row) ? row : {}))
      return [[field.name, rows]]
    }
    if (field.kind === 'languages' && isBody(value)) return [[field.name, withoutBlanks(value)]]
    return [[field.name, value]]
  })
  return Object.fromEntries(kept)
}

const withoutBlanks = (words: Body): Body =>
  Object.fromEntries(Object.entries(words).filter(([, text]) => text !== ''))
