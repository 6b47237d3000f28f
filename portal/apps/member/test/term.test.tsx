import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, test } from 'vitest'
import { openPortal, signIn } from './open-portal'

afterEach(() => window.history.replaceState(null, '', '/'))

describe('term deposits', () => {
  test('are reached from the menu and from the position, and say what was agreed', async () => {
    await openPortal('/?t=chakana')
    await signIn()
    const inPosition = await screen.findByRole('link', { name: /Plazo fijo a 180 días/ })
    expect(inPosition.getAttribute('href')).toBe('/term-deposits/acc_04')
    const [inMenu] = screen.getAllByRole('link', { name: 'Plazo fijo' })
    await userEvent.click(inMenu as HTMLElement)
    await screen.findByRole('heading', { level: 1, name: 'Plazo fijo' })
    const card = await screen.findByRole('link', { name: /Plazo fijo a 180 días/ })
    for (const said of ['$5.000,00', '7,5 % anual', '$2,08', '14/07/2026', 'Faltan 118 días'])
      expect(within(card).getByText(said)).toBeTruthy()
    await userEvent.click(card)
    expect(await screen.findByText('Cada mes')).toBeTruthy()
    expect(screen.getByText('No se renueva: se acredita a su cuenta ···· 4825')).toBeTruthy()
    expect(screen.getAllByText('Pagado')).toHaveLength(2)
    expect(screen.getAllByRole('row')).toHaveLength(7)
  })

  test('where there is none, the way to the simulator is shown and no empty table', async () => {
    await openPortal('/term-deposits?t=chakana')
    await signIn('vacia')
    expect(await screen.findByText('No tiene depósitos a plazo fijo')).toBeTruthy()
    expect(screen.queryByRole('table')).toBeNull()
    await userEvent.click(screen.getByRole('link', { name: 'Simular un plazo fijo' }))
    expect(window.location.pathname).toBe('/simulate/term-deposit')
  })

  test('of somebody else do not exist', async () => {
    await openPortal('/term-deposits/acc_99?t=chakana')
    await signIn()
    expect(await screen.findByText('Aquí no hay nada que ver')).toBeTruthy()
  })
})
