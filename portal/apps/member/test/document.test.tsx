import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openPortal, signIn } from './open-portal'

beforeEach(() => {
  window.URL.createObjectURL = vi.fn(() => 'blob:made')
  window.URL.revokeObjectURL = vi.fn()
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
})
afterEach(() => window.history.replaceState(null, '', '/'))

test('the position is kept as a file, and its code is shown with what it is good for', async () => {
  await openPortal('/?t=chakana')
  await signIn()
  const save = await screen.findByRole('button', { name: 'Guardar en PDF' })
  await waitFor(() => expect(save.hasAttribute('disabled')).toBe(false))
  await userEvent.click(save)
  expect(await screen.findByText('Listo: position-2026-03-18.pdf')).toBeTruthy()
  expect(screen.getByText('K7QM-4XWP-9TRD')).toBeTruthy()
  expect(screen.getByText(/puede comprobarlo hasta el 16 de junio de 2026/)).toBeTruthy()
  expect(screen.getByRole('link', { name: 'Ver cómo se comprueba' }).getAttribute('href')).toBe(
    '/verify?code=K7QM-4XWP-9TRD',
  )
})

describe('a visitor checks a document', () => {
  const check = async (code: string, total: string) => {
    await openPortal(`/verify?t=chakana&code=${code}`)
    const amount = await screen.findByLabelText(/Posición neta que dice/)
    if (total !== '') await userEvent.type(amount, total)
    await userEvent.click(screen.getByRole('button', { name: 'Comprobar' }))
  }

  test('that says what the original says', async () => {
    await check('k7qm 4xwp 9trd', '5.374,75')
    expect(await screen.findByText(/coincide con el original/)).toBeTruthy()
    expect(screen.getByText('El documento es de Cooperativa Chakana')).toBeTruthy()
  })

  test('that was altered', async () => {
    await check('K7QM-4XWP-9TRD', '15.374,75')
    expect(await screen.findByText(/Desconfíe de este papel/)).toBeTruthy()
  })

  test('whose code nobody knows', async () => {
    await check('K7QM-4XWP-9TRX', '')
    expect(await screen.findByText('No encontramos ese documento')).toBeTruthy()
  })
})
