import { memberRoutes, MockProblem, type MockRoute } from '@minga/mock-api'
import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openPortal, signIn } from './open-portal'

afterEach(() => window.history.replaceState(null, '', '/'))
beforeEach(() => {
  window.print = vi.fn()
})

const TRANSFERS = '/member_portal/transfers'
const movesOf = (asked: string[]) => asked.filter((call) => call === `POST /api/v1${TRANSFERS}`)

/** The routes of the mock with one in front of them. */
const withRoute = (route: MockRoute) => [route, ...memberRoutes]

async function openForm(routes?: MockRoute[], username = 'maria') {
  const portal = await openPortal('/transfer?t=chakana', routes)
  await signIn(username)
  await screen.findByLabelText('Desde')
  return portal
}

async function fill(amount: string) {
  await userEvent.selectOptions(screen.getByLabelText('Desde'), 'acc_01')
  await userEvent.selectOptions(screen.getByLabelText('Hacia'), 'acc_02')
  await userEvent.type(screen.getByLabelText('Valor'), amount)
  await userEvent.type(screen.getByLabelText(/Motivo/), 'Para el viaje')
  await userEvent.click(screen.getByRole('button', { name: 'Continuar' }))
}

describe('a transfer between own accounts', () => {
  test('is reached from the position, checked, confirmed and receipted', async () => {
    const { asked } = await openPortal('/?t=chakana')
    await signIn()
    await userEvent.click(await screen.findByRole('link', { name: 'Transferir entre mis cuentas' }))
    const from = await screen.findByLabelText('Desde')
    const options = within(from).getAllByRole('option')
    expect(options.map((option) => option.textContent)).toEqual([
      'Elija una cuenta',
      'Ahorro a la vista ···· 4825 · $1.400,35',
      'Ahorro programado ···· 4829 · $864,50',
    ])
    await fill('50,00')
    const heading = await screen.findByRole('heading', { name: 'Revise y confirme' })
    expect(document.activeElement).toBe(heading)
    expect(screen.getByText('$50,00')).toBeTruthy()
    expect(screen.getByText('$1.350,35')).toBeTruthy()
    expect(movesOf(asked)).toEqual([])
    await userEvent.click(screen.getByRole('button', { name: 'Confirmar' }))
    const slip = await screen.findByRole('article', { name: 'Transferencia entre mis cuentas' })
    expect(within(slip).getByText('Comprobante N.º 7K2M9QXA')).toBeTruthy()
    expect(within(slip).getByText('Para el viaje')).toBeTruthy()
    expect(movesOf(asked)).toHaveLength(1)
    await userEvent.click(screen.getByRole('button', { name: 'Imprimir comprobante' }))
    expect(window.print).toHaveBeenCalledOnce()
    await userEvent.click(screen.getByRole('button', { name: 'Hacer otra' }))
    expect((await screen.findByLabelText<HTMLInputElement>('Valor')).value).toBe('')
  })

  test('of more than there is is refused before it can be confirmed', async () => {
    const { asked } = await openForm()
    await userEvent.selectOptions(screen.getByLabelText('Desde'), 'acc_01')
    expect(screen.getByText('Disponible: $1.400,35')).toBeTruthy()
    await fill('1400,36')
    expect(await screen.findByText('Tiene disponibles 1400.35 USD.')).toBeTruthy()
    expect(screen.queryByRole('button', { name: 'Confirmar' })).toBeNull()
    expect(movesOf(asked)).toEqual([])
    await userEvent.type(screen.getByLabelText('Valor'), '{Backspace}5')
    expect(screen.queryByText('Tiene disponibles 1400.35 USD.')).toBeNull()
    await userEvent.click(screen.getByRole('button', { name: 'Continuar' }))
    expect(await screen.findByText('Revise y confirme')).toBeTruthy()
  })

  test('says what is missing, and takes only the keyboard', async () => {
    const { asked } = await openForm()
    await userEvent.click(screen.getByRole('button', { name: 'Continuar' }))
    expect(screen.getAllByText('Complete este dato')).toHaveLength(3)
    expect(asked.filter((call) => call.includes('transfer-quotes'))).toEqual([])
    await userEvent.selectOptions(screen.getByLabelText('Desde'), 'acc_01')
    await userEvent.selectOptions(screen.getByLabelText('Hacia'), 'acc_02')
    screen.getByLabelText('Valor').focus()
    await userEvent.keyboard('20{Enter}')
    await screen.findByText('Revise y confirme')
    await userEvent.tab()
    await userEvent.keyboard('{Enter}')
    expect(await screen.findByText('Comprobante N.º 7K2M9QXA')).toBeTruthy()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: 'Hacer otra' }))
  })

  test('keeps what was typed when the member goes back to change it', async () => {
    await openForm()
    await fill('50,00')
    await userEvent.click(await screen.findByRole('button', { name: 'Cambiar' }))
    expect(screen.getByLabelText<HTMLInputElement>('Valor').value).toBe('50,00')
    expect(screen.getByLabelText<HTMLSelectElement>('Hacia').value).toBe('acc_02')
  })

  test('is tried again with the same key where the answer was lost, and with another once refused', async () => {
    const keys: (string | null)[] = []
    const failures = [
      () => Promise.reject(new Error('lost')),
      () => {
        throw new MockProblem(422, 'account_held', { es: 'La cuenta está bloqueada.', en: 'Held.' })
      },
    ]
    const made = memberRoutes.find(({ path }) => path === TRANSFERS) as MockRoute
    await openForm(
      withRoute({
        ...made,
        answer: (call) => {
          keys.push(call.request.headers.get('Idempotency-Key'))
          return (failures.shift() ?? (() => made.answer(call)))()
        },
      }),
    )
    await fill('50')
    await userEvent.click(await screen.findByRole('button', { name: 'Confirmar' }))
    expect(await screen.findByText(/el dinero sale una sola vez/)).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Confirmar' }))
    expect(await screen.findByText('La cuenta está bloqueada.')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Confirmar' }))
    expect(await screen.findByText('Comprobante N.º 7K2M9QXA')).toBeTruthy()
    expect(keys[0]).toBeTruthy()
    expect(keys[1]).toBe(keys[0])
    expect(keys[2]).not.toBe(keys[1])
  })

  test('does not leave a joint account, which may receive it', async () => {
    await openForm(undefined, 'rosa')
    const from = screen.getByLabelText<HTMLSelectElement>('Desde')
    expect(from.value).toBe('acc_11')
    const joint = within(from).getByRole<HTMLOptionElement>('option', { name: /cuenta conjunta/ })
    expect(joint.disabled).toBe(true)
    expect(screen.getByText(/hace falta la firma de sus titulares/)).toBeTruthy()
    const to = screen.getByLabelText('Hacia')
    expect(within(to).getByRole('option', { name: /Ahorro para la casa/ })).toBeTruthy()
  })

  test('of a member with one account explains itself', async () => {
    const only: MockRoute = {
      method: 'GET',
      path: '/member_portal/transfer-accounts',
      answer: () => ({ items: [] }),
    }
    await openPortal('/transfer?t=chakana', withRoute(only))
    await signIn()
    expect(await screen.findByText('Necesita otra cuenta')).toBeTruthy()
    expect(screen.queryByLabelText('Desde')).toBeNull()
  })

  test('is not offered where the cooperative does not publish it', async () => {
    await openPortal('/?t=frailejon')
    await signIn('camilo', 'Frailejon-2026')
    await screen.findByRole('region', { name: 'Su posición neta' })
    expect(screen.queryByRole('link', { name: /Transferir/ })).toBeNull()
  })

  test('is not at its address either, where it is not published', async () => {
    await openPortal('/transfer?t=frailejon')
    await signIn('camilo', 'Frailejon-2026')
    expect(await screen.findByText('Aquí no hay nada que ver')).toBeTruthy()
  })
})
