import { join } from 'node:path'
import { ESLint, Linter } from 'eslint'
import tseslint from 'typescript-eslint'
import { describe, expect, test } from 'vitest'
import rule from '../../../eslint/no-literal-text.js'

const config = {
  files: ['**/*.tsx'],
  languageOptions: {
    parser: tseslint.parser as Linter.Parser,
    parserOptions: { ecmaFeatures: { jsx: true } },
  },
  plugins: { portal: { rules: { 'no-literal-text': rule } } },
  rules: { 'portal/no-literal-text': 'error' as const },
}
const faults = (code: string) => new Linter().verify(code, [config], 'page.tsx').length

describe('literal text in JSX is found', () => {
  test.each([
    ['<p>Hola</p>', 1],
    ['<p>{"Hola"}</p>', 1],
    ['<p>{ready ? "Sí" : t("a.b")}</p>', 1],
    ['<p>{`Hola ${name}`}</p>', 1],
    ['<input placeholder="Nombre" />', 1],
    ['<button aria-label={"Cerrar"} />', 1],
    ['<p>{t("a.hello")}</p>', 0],
    ['<p className="wide">{name} · {12}</p>', 0],
    ['<a href="/accounts">{label}</a>', 0],
  ])('%s', (code, count) => {
    expect(faults(`const page = ${code}`)).toBe(count)
  })
})

test('no page or component holds literal text', async () => {
  const eslint = new ESLint({
    cwd: join(import.meta.dirname, '../../..'),
    overrideConfigFile: true,
    overrideConfig: [config, { linterOptions: { reportUnusedDisableDirectives: 'off' } }],
    allowInlineConfig: false,
  })
  const results = await eslint.lintFiles(['{apps,packages}/*/src/**/*.tsx'])
  const found = results.flatMap(({ filePath, messages }) =>
    messages.map(({ line, message }) => `${filePath}:${line} ${message}`),
  )
  expect(results.length).toBeGreaterThan(30)
  expect(found).toEqual([])
}, 30_000)
