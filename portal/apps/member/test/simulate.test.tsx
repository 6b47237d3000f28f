import { createApi } from '@minga/api-client'
import { Texts } from '@minga/i18n'
import { createMockApi, memberRoutes, MockProblem, type MockRoute } from '@minga/mock-api'
import { configure, render, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, expect, test, vi } from 'vitest'
import { App } from '../src/app/app'
import { createQueries } from '../src/app/queries'
import english from '../texts/en.json'
import spanish from '../texts/es.json'

const LOAN = '/simulate/loan?t=chakana'

/** The portal as a visitor has it, against the pretended API. */
async function visit(address: string, routes: MockRoute[] = memberRoutes) {
  window.history.replaceState(null, '', address)
  const sent: { path: string; body: Record<string, unknown> }[] = []
  const answer = createMockApi(routes)
  const texts = await Texts.start({
    base: spanish,
    sources: { en: () => Promise.resolve(english) },
    language: 'es',
  })
  const api = createApi({
    audience: 'member',
    language: () => texts.language,
    fetch: async (request) => {
      const { pathname } = new URL(request.url)
      if (request.method === 'POST')
        sent.push({
          path: pathname.replace('/api/v1', ''),
          body: (await request.clone().json()) as Record<string, unknown>,
        })
      return answer(request)
    },
  })
  render(<App api={api} texts={texts} queries={createQueries(api.session)} env="test" />)
  return { sent, texts }
}

const retype = async (label: string, value: string) => {
  const field = await screen.findByLabelText(label)
  await userEvent.clear(field)
  await userEvent.type(field, value)
  await userEvent.tab()
}
const project = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Proyectar' })

// The pages and their texts come when they are opened, which takes a while on a busy machine.
configure({ asyncUtilTimeout: 8000 })
vi.setConfig({ testTimeout: 30_000 })

beforeEach(() => window.localStorage.clear())

test('a loan outside the limits is told at its field and cannot be projected', async () => {
  await visit(LOAN)
  await retype('¿En cuántos meses?', '61')
  screen.getByText('El máximo es 60')
  expect(project().disabled).toBe(true)
  await retype('¿En cuántos meses?', '24')
  await retype('¿Cuánto necesita?', '299')
  screen.getByText('El mínimo es $300,00')
  expect(project().disabled).toBe(true)
  await retype('¿Cuánto necesita?', '5000')
  expect(project().disabled).toBe(false)
})

test('a visitor names the cooperative, and the address keeps the simulation', async () => {
  const { sent } = await visit(LOAN)
  await retype('¿Cuánto necesita?', '5000')
  await userEvent.click(project())
  await screen.findAllByText('$243,86')
  expect(sent.at(-1)).toMatchObject({
    path: '/loans/simulations',
    body: { tenant: 'chakana', product: 'CONSUMO', instalments: 24, disbursed_on: null },
  })
  const search = new URLSearchParams(window.location.search)
  expect([search.get('t'), search.get('a'), search.get('o')]).toEqual([
    'chakana',
    '5000',
    '2026-03-18',
  ])
})

test('a link opens the options side by side, and says when its day is over', async () => {
  const option = (n: string, suffix: string) =>
    `&p${suffix}=CONSUMO&a${suffix}=5000&n${suffix}=${n}&m${suffix}=LEVEL&o${suffix}=2026-03-17`
  await visit(LOAN + option('24', '') + option('36', '2'))
  const table = await screen.findByRole('table', { name: 'Sus opciones, lado a lado' })
  await waitFor(() => expect(table.textContent).toContain('$174,80'))
  expect(table.textContent).toContain('$243,86')
  screen.getByText(/La fecha de este enlace ya pasó/)
})

test('what is typed stays when the language changes', async () => {
  const { texts } = await visit(LOAN)
  await retype('¿Cuánto necesita?', '4321')
  await texts.use('en')
  const field = await screen.findByLabelText<HTMLInputElement>('How much do you need?')
  expect(field.value).toBe('4.321,00')
})

test('a refusal of the bank stands at its field', async () => {
  const refuses: MockRoute = {
    method: 'POST',
    path: '/loans/simulations',
    open: true,
    answer: () => {
      throw new MockProblem(
        422,
        'first_due_too_late',
        { es: 'La primera cuota es muy tarde.', en: 'Too late.' },
        { field: 'first_due_on' },
      )
    },
  }
  await visit(LOAN, [refuses, ...memberRoutes])
  await screen.findByLabelText('¿Cuánto necesita?')
  await userEvent.click(project())
  const field = await screen.findByLabelText(/Primera cuota/)
  await screen.findByText(/muy tarde/)
  expect(field.getAttribute('aria-invalid')).toBe('true')
})

test('without published products there is an explanation, and no form', async () => {
  const none: MockRoute = {
    method: 'GET',
    path: '/term_deposits/products',
    open: true,
    answer: () => ({ items: [] }),
  }
  await visit('/simulate/term-deposit?t=chakana', [none, ...memberRoutes])
  await screen.findByText('Por ahora no hay plazos fijos publicados')
  expect(screen.queryByRole('button', { name: 'Proyectar' })).toBeNull()
})

test('a term deposit shows what is earned, withheld and received', async () => {
  const { sent } = await visit('/simulate/term-deposit?t=chakana')
  await retype('¿Cuánto quiere ahorrar?', '99,99')
  screen.getByText('El mínimo es $100,00')
  expect(project().disabled).toBe(true)
  await retype('¿Cuánto quiere ahorrar?', '5000')
  await userEvent.click(project())
  for (const figure of ['$187,50', '$3,75', '$183,75', '$5.183,75'])
    await screen.findAllByText(figure)
  expect(sent.at(-1)?.body).toMatchObject({
    tenant: 'chakana',
    term_days: 180,
    payment: 'maturity',
  })
})
