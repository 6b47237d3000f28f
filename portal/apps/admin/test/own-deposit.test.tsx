import { MockProblem, staffRoutes, type MockRoute } from '@minga/mock-api'
import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import type { Field } from '../src/platform/parameters/form/fields'
import { errorsOf, partsOf, pathIn, shows, WORDS } from '../src/term-deposits/term-fields'
import { opened } from './opened'

const officer = { tenant: 'chakana', username: 'oficial1', password: 'Chakana-2026' }
const PAGE = '/term-deposits/simulate'
const SIMULATE = 'POST /term_deposits/simulations'

const simulator = (address = PAGE, routes: MockRoute[] = staffRoutes) =>
  opened(address, routes, officer)

/** The simulator answering one problem, whatever it is asked. */
const refusing = (problem: MockProblem) =>
  simulator(PAGE, [
    {
      method: 'POST',
      path: '/term_deposits/simulations',
      answer: () => {
        throw problem
      },
    },
    ...staffRoutes,
  ])

const withoutProduct = async () =>
  userEvent.click(await screen.findByRole('radio', { name: /^Condiciones propias/ }))
const project = () => userEvent.click(screen.getByRole('button', { name: 'Proyectar' }))
const told = async (figure: string) =>
  expect((await screen.findAllByText(figure)).length).toBeGreaterThan(0)
const partNamed = (name: string) =>
  screen.getByText(name, { selector: 'summary' }).closest('details') as HTMLDetailsElement
const write = async (label: string, text: string) => {
  const field = await screen.findByLabelText(label)
  await userEvent.clear(field)
  await userEvent.type(field, text)
  await userEvent.tab()
}

/** Pages come when they are asked for; what is tested is not how long that takes. */
beforeAll(async () => {
  await Promise.all([import('../src/term-deposits/simulate-page'), import('@minga/simulators')])
})
afterEach(() => window.history.replaceState(null, '', '/'))

test('text that is no number is not simulated in silence with what stood there before', async () => {
  const { last } = await simulator()
  await withoutProduct()
  await write('Tasa', '9,25')
  const before = last(SIMULATE)
  await write('Tasa', 'nueve')
  await project()
  expect(document.activeElement).toBe(screen.getByLabelText('Tasa'))
  expect(screen.getByText('Escriba un número')).toBeTruthy()
  expect(last(SIMULATE)).toEqual(before)
})

test('an officer simulates a rate of their own without a product, and its link reopens it', async () => {
  const { last, unmount } = await simulator()
  await withoutProduct()
  await write('Tasa', '9,25')
  await userEvent.selectOptions(screen.getByLabelText('Origen'), 'percent')
  await write('Porcentaje', '2')
  await project()
  await told('$226,62')
  const asked = {
    product: null,
    amount: { amount: '5000', currency: 'USD' },
    term_days: 180,
    payment: 'maturity',
    terms: { rate: '9.25', withholding: { source: 'percent', percent: '2' } },
  }
  expect(last(SIMULATE)).toMatchObject(asked)
  expect(last(SIMULATE)).not.toHaveProperty('rate')
  expect(last(SIMULATE)).not.toHaveProperty('overrides')

  const link = `${PAGE}${window.location.search}`
  unmount()
  const again = await simulator(link)
  await told('$226,62')
  expect(again.last(SIMULATE)).toMatchObject({ ...asked, opening_date: expect.any(String) })
  expect((await screen.findByLabelText<HTMLInputElement>('Tasa')).value).toBe('9,25')
  expect(within(partNamed('Retención')).getByText(/Porcentaje propio · 2 %/)).toBeTruthy()
})

test('its document is asked for with the same terms', async () => {
  window.URL.createObjectURL = vi.fn(() => 'blob:made')
  window.URL.revokeObjectURL = vi.fn()
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
  const { last } = await simulator()
  await withoutProduct()
  await write('Tasa', '9,25')
  await project()
  await userEvent.click(await screen.findByRole('button', { name: 'Descargar' }))
  await userEvent.click(await screen.findByRole('menuitem', { name: /PDF/ }))
  await waitFor(() =>
    expect(last(`${SIMULATE}/documents`)).toMatchObject({
      product: null,
      terms: { rate: '9.25' },
      format: 'pdf',
      language: 'es',
    }),
  )
})

test('own terms stand beside a product, and each keeps what it was asked', async () => {
  const { asked } = await simulator()
  await withoutProduct()
  await write('Tasa', '9,25')
  await project()
  await told('$231,25')
  await userEvent.click(screen.getByRole('button', { name: 'Comparar con otra' }))
  await userEvent.click(screen.getByRole('radio', { name: /^Plazo Fijo/ }))
  await project()
  const table = await screen.findByRole('table', { name: /lado a lado/ })
  expect(within(table).getByText(/Condiciones propias/)).toBeTruthy()
  expect(within(table).getByText(/Plazo Fijo/)).toBeTruthy()
  const bodies = asked.filter(({ call }) => call === SIMULATE).map(({ body }) => body)
  expect(bodies.at(-1)).toMatchObject({ product: 'PF', overrides: {} })
  expect(bodies.at(-1)).not.toHaveProperty('terms')
  await userEvent.click(screen.getByRole('button', { name: 'Opción A' }))
  expect(screen.getByLabelText<HTMLInputElement>('Tasa').value).toBe('9,25')
})

test('they begin from the terms of a product', async () => {
  const { last } = await simulator()
  await withoutProduct()
  await userEvent.selectOptions(screen.getByLabelText(/^Partir de un producto/), 'PF')
  expect(within(partNamed('Tarifario')).getByText('2 filas')).toBeTruthy()
  expect(within(partNamed('Vencimiento y gracia')).getByText(/Días de gracia: 5 días/)).toBeTruthy()
  await project()
  await told('$183,75')
  expect(last(SIMULATE)).toMatchObject({
    product: null,
    terms: {
      rates: [
        { from_amount: '0.00', from_days: 31, to_days: 179, rate: '6.00' },
        { from_amount: '0.00', from_days: 180, to_days: 1080, rate: '7.50' },
      ],
      grace_days: 5,
      maturity_rate: '1',
      withholding: { source: 'percent', percent: '2', exempt_days: 360 },
    },
  })
})

test('a choice shows what it asks for, and nothing else', async () => {
  await simulator()
  await withoutProduct()
  expect(screen.queryByLabelText('Porcentaje')).toBeNull()
  expect(screen.queryByLabelText('Cada cuánto se capitaliza')).toBeNull()
  await userEvent.selectOptions(await screen.findByLabelText('Origen'), 'figure')
  expect(screen.queryByLabelText('Porcentaje')).toBeNull()
  const figure = screen.getByLabelText('Cifra')
  expect(within(figure).getByText('Retención sobre rendimientos · withholding_yields')).toBeTruthy()
  await userEvent.selectOptions(screen.getByLabelText('¿Cómo recibe su interés?'), 'capitalised')
  expect(screen.getByLabelText<HTMLSelectElement>('Cada cuánto se capitaliza').value).toBe(
    'monthly',
  )
  await userEvent.selectOptions(screen.getByLabelText('Cómo se calcula'), 'days_of_interest')
  const value = screen.getByLabelText('Valor').parentElement as HTMLElement
  expect(within(value).getByText('días')).toBeTruthy()
})

describe('what the bank refuses', () => {
  const texts = { es: 'No se puede.', en: 'It cannot be.' }

  test('is said at its field, in its part, and nowhere else', async () => {
    await refusing(
      new MockProblem(422, 'withholding_percent_missing', texts, {
        field: 'terms.withholding.percent',
        errors: [
          { field: 'terms.withholding.percent', code: 'x', message: 'Falta el porcentaje.' },
        ],
      }),
    )
    await withoutProduct()
    await userEvent.selectOptions(await screen.findByLabelText('Origen'), 'percent')
    const part = partNamed('Retención')
    expect(part.open).toBe(false)
    await project()
    expect(await within(part).findByText('Falta el porcentaje.')).toBeTruthy()
    expect(part.open).toBe(true)
    expect(screen.getByLabelText('Porcentaje').getAttribute('aria-invalid')).toBe('true')
    expect(screen.getAllByText('Falta el porcentaje.')).toHaveLength(1)
    await userEvent.type(screen.getByLabelText('Porcentaje'), '2')
    expect(part.open).toBe(true)
  })

  test('of a row of the table is said in the row', async () => {
    await refusing(
      new MockProblem(422, 'band_reversed', texts, {
        field: 'terms.rates.1.to_days',
        errors: [{ field: 'terms.rates.1.to_days', code: 'x', message: 'Termina antes.' }],
      }),
    )
    await withoutProduct()
    await userEvent.selectOptions(screen.getByLabelText(/^Partir de un producto/), 'PF')
    await project()
    const rows = within(partNamed('Tarifario')).getAllByRole('listitem', { hidden: true })
    expect(await within(rows[1] as HTMLElement).findByText('Termina antes.')).toBeTruthy()
    expect(screen.getAllByText('Termina antes.')).toHaveLength(1)
  })

  test('of a rule that has no field of its own is said where it is mended', async () => {
    await refusing(new MockProblem(409, 'figure_missing', texts, { field: 'terms.withholding' }))
    await withoutProduct()
    await project()
    expect(await within(partNamed('Retención')).findByText('No se puede.')).toBeTruthy()
  })

  test('of what the form does not have is told under it', async () => {
    await refusing(new MockProblem(422, 'unknown_field', texts, { field: 'terms.regalo' }))
    await withoutProduct()
    await project()
    const told = await screen.findByText('No se puede.')
    expect(told.closest('details')).toBeNull()
  })
})

type Node = {
  $ref?: string
  anyOf?: Node[]
  enum?: string[]
  items?: Node
  properties?: Record<string, Node>
}
const root = join(import.meta.dirname, '../../../..')
const read = (path: string) => JSON.parse(readFileSync(join(root, path), 'utf8')) as unknown
const { schemas } = (read('openapi.json') as { components: { schemas: Record<string, Node> } })
  .components

/** Every term of the request by its path, with the values it takes where they are few. */
function termsIn(name: string, under = ''): [string, string[]][] {
  return Object.entries(schemas[name]?.properties ?? {}).flatMap(([field, node]) => {
    const path = `${under}${field}`
    const refs = [node, node.items, ...(node.anyOf ?? [])].flatMap((each) => each?.$ref ?? [])
    const inner = refs[0]?.split('/').at(-1) ?? ''
    if (schemas[inner]?.properties) {
      const own: [string, string[]][] = node.items ? [[path, []]] : []
      return [...own, ...termsIn(inner, `${path}.`)]
    }
    return [[path, node.enum ?? schemas[inner]?.enum ?? []] as [string, string[]]]
  })
}

const fieldsIn = (fields: readonly Field[], path: (field: Field) => string): [string, Field][] =>
  fields.flatMap((field) => {
    const own: [string, Field] = [path(field), field]
    if (field.kind !== 'rows') return [own]
    return [own, ...fieldsIn(field.fields, (inner) => `${path(field)}.${inner.name}`)]
  })

describe.each(['es', 'en'])('the form in %s', (language) => {
  const words = read(`chalicelib/platform/texts/${language}/fields_term_deposits.json`)
  const parts = partsOf({
    words: words as Record<string, string>,
    figures: [{ value: 'F', label: 'F' }],
    penalty: '',
  })
  const shown = new Map(
    parts.flatMap((part) => fieldsIn(part.fields, (field) => pathIn(part, field))),
  )
  const terms = termsIn('TermDepositTermsRequest')

  test('has a field for every term that the simulator takes, and no other', () => {
    expect(terms.length).toBeGreaterThan(30)
    expect([...shown.keys()].sort()).toEqual(terms.map(([path]) => path).sort())
  })

  test('says what each is called and means', () => {
    for (const [path, field] of shown) {
      expect([path, field.label]).toEqual([path, expect.stringMatching(/^[A-ZÁÉÍÓÚ]/)])
      expect([path, field.help]).toEqual([path, expect.stringMatching(/\S/)])
      expect(field.label).not.toBe(path)
    }
  })

  test('offers every value in words', () => {
    for (const [path, values] of terms) {
      const field = shown.get(path)
      if (values.length === 0 || field?.kind !== 'choice') {
        expect([path, values]).toEqual([path, []])
        continue
      }
      const offered = field.choices.map(({ value }) => value)
      // Interest joins the capital by a cycle, not by a way of paying.
      const cycles = ['monthly', 'quarterly', 'half_yearly', 'yearly']
      expect([...offered].sort()).toEqual([...(path === 'capitalisation' ? cycles : values)].sort())
      for (const { value, label } of field.choices)
        expect([path, label]).toEqual([
          path,
          (words as Record<string, string>)[`${WORDS}${path}.options.${String(value)}`],
        ])
    }
  })
})

test('the form shows what is said of its fields, rows and groups', () => {
  for (const field of ['terms.rate', 'terms.rates', 'terms.rates.3.to_days', 'terms.withholding'])
    expect([field, shows(field)]).toEqual([field, true])
  for (const field of ['terms', 'terms.regalo', 'rate', 'product', 'terms.withholding.regalo'])
    expect([field, shows(field)]).toEqual([field, false])
  const said: Record<string, string> = { 'terms.payments': 'Bono', 'terms.grace_days': 'Muchos' }
  const errorAt = errorsOf((field) => said[field])
  expect([errorAt('bonus_rate'), errorAt('grace_days'), errorAt('rate')]).toEqual([
    'Bono',
    'Muchos',
    undefined,
  ])
  expect(shows('terms.payments')).toBe(true)
})
