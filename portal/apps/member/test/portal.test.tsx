import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { openPortal, signIn } from './open-portal'

const openMenu = async () => {
  await screen.findByRole('button', { name: /Menú de/, expanded: false })
  await userEvent.click(screen.getByRole('button', { name: /Menú de/ }))
}

beforeEach(() => {
  window.URL.createObjectURL = vi.fn(() => 'blob:made')
  window.URL.revokeObjectURL = vi.fn()
})
afterEach(() => window.history.replaceState(null, '', '/'))

describe('the cooperative', () => {
  test('is picked once and remembered on the device', async () => {
    await openPortal('/')
    await userEvent.click(await screen.findByRole('button', { name: 'Cooperativa Chakana' }))
    expect(await screen.findByLabelText('Usuario')).toBeTruthy()
    expect(window.localStorage.getItem('minga.tenant')).toBe('chakana')
  })
  test('comes from the address', async () => {
    await openPortal('/?t=frailejon')
    expect(await screen.findByText('Crecemos despacio y juntos')).toBeTruthy()
  })
  test('that nobody knows leads to the list', async () => {
    await openPortal('/?t=desconocida')
    expect(await screen.findByText(/No encontramos esa cooperativa/)).toBeTruthy()
  })
})

describe('signing in', () => {
  test('wrong password and unknown user read the same', async () => {
    const texts: (string | null)[] = []
    for (const [username, password] of [
      ['maria', 'incorrecta'],
      ['nadie', 'Chakana-2026'],
    ] as const) {
      await openPortal('/?t=chakana')
      await signIn(username, password)
      const refusal = await screen.findByText(/no son correctos/)
      texts.push(refusal.textContent)
      document.body.innerHTML = ''
    }
    expect(texts[0]).toBe(texts[1])
  })

  test('asks for what is missing without asking the API', async () => {
    const { asked } = await openPortal('/?t=chakana')
    await userEvent.click(await screen.findByRole('button', { name: 'Entrar' }))
    expect(screen.getAllByText('Complete este dato')).toHaveLength(2)
    expect(asked.filter((call) => call.startsWith('POST'))).toEqual([])
  })

  test('a temporary password opens nothing but its change', async () => {
    await openPortal('/settings?t=chakana')
    await signIn('nueva', 'Temporal-1')
    expect(await screen.findByText('Elija su contraseña')).toBeTruthy()
    await userEvent.type(screen.getByLabelText('Contraseña provisional'), 'Temporal-1')
    await userEvent.type(screen.getByLabelText('Contraseña nueva'), 'Maiz-y-papa-12')
    await userEvent.type(screen.getByLabelText('Repita la contraseña nueva'), 'Maiz-y-papa-12')
    await userEvent.click(screen.getByRole('button', { name: 'Guardar contraseña' }))
    expect(await screen.findByText('Su contraseña cambió')).toBeTruthy()
  })

  test('leads to the page that was asked for', async () => {
    await openPortal('/settings?t=chakana')
    await signIn()
    expect(await screen.findByRole('heading', { level: 1, name: 'Opciones' })).toBeTruthy()
  })
})

describe('the position', () => {
  test('shows what is held, what is owed, the net and what is blocked', async () => {
    await openPortal('/?t=chakana')
    await signIn()
    const hero = await screen.findByRole('region', { name: 'Su posición neta' })
    for (const figure of ['$5.374,75', '$7.684,85', '$2.310,10', '$2.264,85', '$120,00'])
      expect(within(hero).getByText(figure)).toBeTruthy()
  })

  test('covers the amounts when asked, and remembers it', async () => {
    await openPortal('/?t=chakana')
    await signIn()
    await userEvent.click(await screen.findByRole('button', { name: 'Ocultar los valores' }))
    expect(document.body.textContent).not.toContain('5.374,75')
    expect(window.localStorage.getItem('minga.amounts_hidden')).toBe('yes')
  })

  test('of a member without accounts explains itself', async () => {
    await openPortal('/?t=chakana')
    await signIn('vacia')
    expect(await screen.findByText('Aún no tiene cuentas con nosotros')).toBeTruthy()
  })
})

describe('an account', () => {
  const openAccount = async () => {
    const portal = await openPortal('/accounts/acc_01?t=chakana')
    await signIn()
    await screen.findByRole('table')
    return portal
  }

  test('opening plus what came in less what went out is closing', async () => {
    await openAccount()
    const figure = (name: string) => {
      const [term] = screen.getAllByText(name).filter((node) => node.tagName === 'DT')
      const text = term?.nextElementSibling?.textContent ?? ''
      return Number(text.replace(/[^\d]/g, ''))
    }
    expect(figure('Saldo inicial') + figure('Entradas') - figure('Salidas')).toBe(
      figure('Saldo final'),
    )
    expect(figure('Saldo final')).toBe(152035)
  })

  test('starts with this month and asks again for other dates', async () => {
    const { asked } = await openAccount()
    expect(asked.some((call) => call.endsWith('/acc_01/movements?order=newest&limit=50'))).toBe(
      true,
    )
    expect(screen.getByLabelText('Desde')).toHaveProperty('value', '01/03/2026')
    expect(screen.getByLabelText('Hasta')).toHaveProperty('value', '18/03/2026')
    await userEvent.click(screen.getByRole('button', { name: 'Mes pasado' }))
    await waitFor(() =>
      expect(asked.some((call) => call.includes('from=2026-02-01&to=2026-02-28'))).toBe(true),
    )
  })

  test('says inline that the dates are inverted and does not ask the API', async () => {
    const { asked } = await openAccount()
    const before = asked.length
    const from = screen.getByLabelText('Desde')
    await userEvent.clear(from)
    await userEvent.type(from, '19/03/2026')
    expect(screen.getByText(/no puede ser posterior/)).toBeTruthy()
    expect(asked.length).toBe(before)
  })

  test('is downloaded in the form chosen', async () => {
    const { asked } = await openAccount()
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined)
    await userEvent.click(screen.getByRole('button', { name: 'Descargar' }))
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Documento (PDF)' }))
    expect(await screen.findByText(/statement-4825-2026-03-01-2026-03-18\.pdf/)).toBeTruthy()
    expect(asked.some((call) => call.includes('format=pdf'))).toBe(true)
  })

  test('that were issued are listed and fetched by an address made for the moment', async () => {
    const { asked } = await openAccount()
    const opened = vi.spyOn(window, 'open').mockReturnValue(null)
    const get = await screen.findByRole('button', { name: /Obtener: .*28\/02\/2026/ })
    await userEvent.click(get)
    expect(await screen.findByText(/statement-4825-2026-02-01-2026-02-28\.pdf/)).toBeTruthy()
    expect(opened).toHaveBeenCalledWith(
      expect.stringContaining('application/pdf'),
      '_blank',
      'noopener',
    )
    expect(asked.some((call) => call.endsWith('/statements/2026-02-28'))).toBe(true)
  })

  test('of somebody else does not exist', async () => {
    await openPortal('/accounts/acc_99?t=chakana')
    await signIn()
    expect(await screen.findByText('Aquí no hay nada que ver')).toBeTruthy()
  })
})

test('a kind of product one does not have is explained', async () => {
  await openPortal('/statements?t=chakana&kind=checking')
  await signIn()
  await userEvent.click(await screen.findByRole('radio', { name: 'Corriente' }))
  expect(await screen.findByText('No tiene cuentas corrientes')).toBeTruthy()
})

test('after signing out nothing of the member is left, nor does Back bring it', async () => {
  const { api } = await openPortal('/?t=chakana')
  await signIn()
  await screen.findByRole('region', { name: 'Su posición neta' })
  await openMenu()
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Salir' }))
  expect(await screen.findByText(/Gracias por su visita/)).toBeTruthy()
  expect(document.body.textContent).not.toContain('5.374,75')
  expect(window.sessionStorage.getItem('minga.member')).toBeNull()
  window.history.pushState(null, '', '/')
  fireEvent.popState(window)
  expect(await screen.findByLabelText('Usuario')).toBeTruthy()
  expect(api.session.snapshot().status).toBe('anonymous')
})

test('a wrong current password is told without detail and the form stays', async () => {
  await openPortal('/settings/password?t=chakana')
  await signIn()
  await userEvent.type(await screen.findByLabelText('Contraseña actual'), 'no-es')
  await userEvent.type(screen.getByLabelText('Contraseña nueva'), 'Maiz-y-papa-12')
  await userEvent.type(screen.getByLabelText('Repita la contraseña nueva'), 'Maiz-y-papa-12')
  await userEvent.click(screen.getByRole('button', { name: 'Guardar contraseña' }))
  expect(await screen.findByText('La contraseña no es correcta')).toBeTruthy()
  expect(screen.getByLabelText('Contraseña nueva')).toHaveProperty('value', 'Maiz-y-papa-12')
})

test('the language changes on a half-filled form and what was typed stays', async () => {
  await openPortal('/?t=chakana')
  await userEvent.type(await screen.findByLabelText('Usuario'), 'maria')
  fireEvent.keyDown(window, { key: 'l', ctrlKey: true, shiftKey: true })
  expect(await screen.findByLabelText('User name')).toHaveProperty('value', 'maria')
})
