import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const portal = join(import.meta.dirname, '../../..')
const read = (path: string) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>

/** `es.json`, or every file of the folder `es`. */
function catalogue(folder: string, language: string): Record<string, string> {
  const whole = join(portal, folder, `${language}.json`)
  if (existsSync(whole)) return read(whole)
  const parts = join(portal, folder, language)
  const files = readdirSync(parts).filter((name) => name.endsWith('.json'))
  return Object.assign({}, ...files.map((name) => read(join(parts, name)))) as Record<
    string,
    string
  >
}

const CATALOGUES = [
  'packages/i18n/src/texts',
  'packages/simulators/src/texts',
  'apps/member/texts',
  'apps/member/src/transfer/texts',
  'apps/admin/texts',
]
/** The member portal's texts: those it starts with, and those that come with a page. */
const MEMBER = ['apps/member/texts', 'apps/member/src/transfer/texts']
const joined = (folders: string[], language: string) =>
  Object.assign({}, ...folders.map((folder) => catalogue(folder, language))) as Record<
    string,
    string
  >
const placeholders = (text = '') => (text.match(/\{\w+\}/g) ?? []).sort()

describe.each(CATALOGUES)('%s', (folder) => {
  const es = catalogue(folder, 'es')
  const en = catalogue(folder, 'en')
  test('has the same keys in both languages', () => {
    expect(Object.keys(en).sort()).toEqual(Object.keys(es).sort())
  })
  test('fills the same places in both languages', () => {
    for (const key of Object.keys(es))
      expect([key, placeholders(en[key])]).toEqual([key, placeholders(es[key])])
  })
  test('has no empty text', () => {
    expect(Object.values({ ...es, ...en }).filter((text) => text.trim() === '')).toEqual([])
  })
})

function sources(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name)
    if (statSync(path).isDirectory()) return sources(path)
    return /\.tsx?$/.test(name) ? [readFileSync(path, 'utf8')] : []
  })
}

/** Literal keys: `t('a.b')`, and `'a.b'` in tables of keys. */
const keysIn = (text: string, family: string) =>
  [...text.matchAll(new RegExp(`['"\`](${family}\\.[a-z_.]+[a-z_])['"\`]`, 'g'))].map(
    ([, key]) => key ?? '',
  )

test.each([
  ['ui', 'packages/ui/src', ['packages/i18n/src/texts']],
  ['member', 'apps/member/src', MEMBER],
  ['simulator', 'packages/simulators/src', ['packages/simulators/src/texts']],
])('every %s text that is asked for exists', (family, folder, texts) => {
  const known = joined(texts, 'es')
  const asked = sources(join(portal, folder)).flatMap((text) => keysIn(text, family))
  expect(asked.length).toBeGreaterThan(20)
  expect(asked.filter((key) => !(key in known))).toEqual([])
})

test.each([
  [
    'ui',
    ['packages/ui/src', 'packages/simulators/src', 'apps/member/src', 'apps/admin/src'],
    ['packages/i18n/src/texts'],
  ],
  ['member', ['apps/member/src'], MEMBER],
  ['simulator', ['packages/simulators/src'], ['packages/simulators/src/texts']],
])('no %s text is left that nobody asks for', (_family, folders, texts) => {
  const all = folders.flatMap((folder) => sources(join(portal, folder))).join('\n')
  const patterns = [...all.matchAll(/`([a-z_.]+)\$\{[^}]+\}`/g)].map(([, start]) => start ?? '')
  const unused = Object.keys(joined(texts, 'es')).filter(
    (key) => !all.includes(key) && !patterns.some((start) => key.startsWith(start)),
  )
  expect(unused).toEqual([])
})
