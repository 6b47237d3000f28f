import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, describe, expect, test } from 'vitest'
import { openPortal, signIn } from './open-portal'

afterEach(() => window.history.replaceState(null, '', '/'))

describe('a joint account', () => {
  test('counts the share, says so in its row and shows the whole balance beside it', async () => {
    await openPortal('/?t=chakana')
    await signIn('rosa')
    const row = await screen.findByRole('link', { name: /Ahorro para la casa/ })
    expect(within(row).getByText('Cuenta conjunta · su parte 50 %')).toBeTruthy()
    expect(within(row).getByText('$150,00')).toBeTruthy()
    expect(within(row).getByText('Saldo de la cuenta').textContent).toContain('$300,00')
    const hero = screen.getByRole('region', { name: 'Su posición neta' })
    expect(within(hero).getAllByText('$250,00').length).toBeGreaterThan(0)
    expect(within(hero).queryByText('$400,00')).toBeNull()
    const sole = screen.getByRole('link', { name: /Ahorro a la vista/ })
    expect(within(sole).queryByText(/conjunta/)).toBeNull()
  })

  test('opens like any other, with the whole balance and the share', async () => {
    await openPortal('/?t=chakana')
    await signIn('rosa')
    await userEvent.click(await screen.findByRole('link', { name: /Ahorro para la casa/ }))
    expect(await screen.findByText('Su parte')).toBeTruthy()
    expect(screen.getAllByText('$300,00').length).toBeGreaterThan(0)
    expect(screen.getByText('$150,00')).toBeTruthy()
  })
})
