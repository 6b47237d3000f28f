import type { Json } from './body'

/** A JSON Schema node as `GET /platform/parameter-kinds/{kind}/schema` writes it: described, without $ref. */
export type SchemaNode = {
  type?: string
  title?: string
  description?: string
  format?: string
  unit?: string
  ref?: string
  secret?: boolean
  inheritable?: boolean
  overridable?: boolean
  default?: Json
  const?: Json
  enum?: Json[]
  options?: { value: Json; label: string }[]
  values?: { value: string; label: string }[]
  anyOf?: SchemaNode[]
  items?: SchemaNode
  properties?: Record<string, SchemaNode>
  required?: string[]
  additionalProperties?: boolean | SchemaNode
  patternProperties?: Record<string, SchemaNode>
  languages?: string[]
  minimum?: number
  maximum?: number
  minItems?: number
  maxLength?: number
  pattern?: string
}

export type Choice = { value: Json; label: string }
export type Scalar =
  'text' | 'words' | 'amount' | 'percent' | 'integer' | 'boolean' | 'date' | 'instant' | 'secret'

type Described = {
  name: string
  label: string
  help: string
  unit: string | null
  ref: string | null
  required: boolean
  nullable: boolean
  inheritable: boolean
  overridable: boolean
  fallback: Json | undefined
}

/** What a form asks for: one value, one of a few, several of a few, a group, rows, or words by language. */
export type Field = Described &
  (
    | { kind: 'scalar'; scalar: Scalar; least: number | null; most: number | null }
    | { kind: 'choice'; choices: Choice[] }
    | { kind: 'choices'; choices: Choice[] }
    | { kind: 'lines'; scalar: 'text' | 'integer' }
    | { kind: 'group'; fields: Field[] }
    | { kind: 'rows'; fields: Field[] }
    | { kind: 'languages'; languages: string[] }
    | { kind: 'pairs' }
  )

/** A whole range is offered as choices where it is as short as the days of a month. */
const MOST_OFFERED = 31
const LONG_TEXT = 300

export function fieldsOf(schema: SchemaNode, languages = schema.languages ?? []): Field[] {
  const required = new Set(schema.required ?? [])
  return Object.entries(schema.properties ?? {}).map(([name, node]) =>
    fieldOf(name, node, required.has(name), languages),
  )
}

function fieldOf(name: string, node: SchemaNode, required: boolean, languages: string[]): Field {
  const branches = node.anyOf ?? [node]
  const given = branches.filter((branch) => branch.type !== 'null')
  const described: Described = {
    name,
    label: node.title ?? name,
    help: node.description ?? '',
    unit: node.unit ?? null,
    ref: node.ref ?? null,
    required,
    nullable: given.length < branches.length,
    inheritable: node.inheritable ?? false,
    overridable: node.overridable ?? false,
    fallback: node.default,
  }
  return { ...described, ...shapeOf(name, node, given, languages) }
}

type Shape = Field extends infer F
  ? F extends Described
    ? Omit<F, keyof Described>
    : never
  : never

function shapeOf(name: string, node: SchemaNode, given: SchemaNode[], languages: string[]): Shape {
  const only = given[0] ?? node
  if (node.ref && only.type !== 'array') return { kind: 'choice', choices: node.values ?? [] }
  const choices = given.map(choicesOf)
  const everyBranchOffers = choices.every((found) => found !== null)
  const offers = given.some((branch) => branch.enum !== undefined || branch.const !== undefined)
  if (offers && everyBranchOffers) return { kind: 'choice', choices: choices.flat() as Choice[] }
  if (only.type === 'array') return listOf(node, only, languages)
  if (only.type === 'object') return objectOf(name, node, only, languages)
  return scalarOf(node, only)
}

/** What a branch of a union offers: its closed list, its one value, or a short range. */
function choicesOf(node: SchemaNode): Choice[] | null {
  if (node.options !== undefined) return node.options
  if (node.enum !== undefined) return node.enum.map((value) => ({ value, label: String(value) }))
  if (node.const !== undefined) return [{ value: node.const, label: String(node.const) }]
  const { minimum, maximum } = node
  if (node.type !== 'integer' || minimum === undefined || maximum === undefined) return null
  if (maximum - minimum >= MOST_OFFERED) return null
  return Array.from({ length: maximum - minimum + 1 }, (_, step) => ({
    value: minimum + step,
    label: String(minimum + step),
  }))
}

function listOf(node: SchemaNode, list: SchemaNode, languages: string[]): Shape {
  const item = list.items ?? {}
  if (node.ref) return { kind: 'choices', choices: node.values ?? [] }
  const choices = choicesOf(item)
  if (choices !== null) return { kind: 'choices', choices }
  if (item.properties) return { kind: 'rows', fields: fieldsOf(item, languages) }
  return { kind: 'lines', scalar: item.type === 'integer' ? 'integer' : 'text' }
}

/** Words by language that their kind does not declare as such. */
const WORDS_BY_LANGUAGE = new Set(['descriptions', 'texts'])

function objectOf(name: string, node: SchemaNode, object: SchemaNode, languages: string[]): Shape {
  if (object.properties) return { kind: 'group', fields: fieldsOf(object, languages) }
  const declared = object.patternProperties !== undefined || node.format === 'names'
  const byLanguage = declared || WORDS_BY_LANGUAGE.has(name)
  return byLanguage ? { kind: 'languages', languages } : { kind: 'pairs' }
}

const FORMATS: Record<string, Scalar> = {
  amount: 'amount',
  percent: 'percent',
  date: 'date',
  'date-time': 'instant',
}

function scalarOf(node: SchemaNode, only: SchemaNode): Shape {
  const least = only.minimum ?? null
  const most = only.maximum ?? null
  const scalar = ((): Scalar => {
    if (node.secret) return 'secret'
    if (only.type === 'boolean') return 'boolean'
    if (only.type === 'integer') return 'integer'
    const format = FORMATS[only.format ?? '']
    if (format !== undefined) return format
    return (only.maxLength ?? 0) > LONG_TEXT ? 'words' : 'text'
  })()
  return { kind: 'scalar', scalar, least, most }
}
