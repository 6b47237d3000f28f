import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { matching } from '../src/app/choice-field'
import { placeOf } from '../src/app/places'
import { opened } from './opened'
import { staffRoutes, teller } from './pretended'
import { oversightRoutes } from './pretended-oversight'

/** Pages come when they are asked for; what is tested is not how long that takes. */
beforeAll(async () => {
  await Promise.all([
    import('../src/platform/audit/audit-page'),
    import('../src/platform/approvals/approvals-page'),
    import('../src/parties/member-page'),
  ])
})
afterEach(() => window.history.replaceState(null, '', '/'))

const open = (address: string, permissions?: string[]) =>
  opened(address, [...oversightRoutes, ...staffRoutes(permissions)], teller)

describe('the audit trail', () => {
  const rowOf = async (name: string) => {
    const cell = await screen.findByText(name, { selector: 'td *' })
    return within(cell.closest('tr') as HTMLElement)
  }
  const operation = () => screen.findByRole('combobox', { name: 'Operación' })
  const askedFor = ({ asked }: Awaited<ReturnType<typeof open>>) =>
    asked.filter(({ call }) => call.endsWith('/audit-events')).at(-1)?.query.operation

  test('says what was done and to what, with the codes beneath and the way to its page', async () => {
    await open('/audit')
    const opened = await rowOf('Abrir una cuenta')
    expect(opened.getByText('deposits.open_account').tagName).toBe('CODE')
    const link = opened.getByRole('link', { name: /Cuenta/ })
    expect(link.getAttribute('href')).toBe('/admin/deposits/accounts/dep_01abc')
    const refused = await rowOf('No tiene permiso')
    expect(refused.getAllByText('parties.retired')).toHaveLength(1)
    expect(refused.queryByRole('link')).toBeNull()
  })

  test('an event opens under its name, with its code among the facts', async () => {
    await open('/audit')
    await userEvent.click(await screen.findByText('Abrir una cuenta', { selector: 'td *' }))
    const dialog = within(await screen.findByRole('dialog', { name: 'Abrir una cuenta' }))
    expect(dialog.getByText('deposits.open_account')).toBeTruthy()
    expect(dialog.getByRole('link', { name: /dep_01abc/ })).toBeTruthy()
  })

  test('links only to pages that its reader may open', async () => {
    await open('/audit', ['platform.read_audit'])
    const opened = await rowOf('Abrir una cuenta')
    expect(opened.getByText('dep_01abc')).toBeTruthy()
    expect(opened.queryByRole('link')).toBeNull()
  })

  test('is searched by the name of an operation, with the keyboard', async () => {
    const trail = await open('/audit')
    const box = await operation()
    await userEvent.type(box, 'direccion')
    const options = within(await screen.findByRole('listbox')).getAllByRole('option')
    expect(options.map((one) => one.textContent)).toEqual([
      'Cambiar una direcciónparties.change_address',
    ])
    expect(askedFor(trail)).toBeUndefined()
    await userEvent.keyboard('{Enter}')
    expect(box).toHaveProperty('value', 'Cambiar una dirección')
    expect(screen.queryByRole('listbox')).toBeNull()
    await vi.waitFor(() => expect(askedFor(trail)).toBe('parties.change_address'))
    await userEvent.keyboard('{Escape}')
    expect(box).toHaveProperty('value', '')
  })

  test('arrows walk the operations, and what is pressed is chosen', async () => {
    const trail = await open('/audit')
    const box = await operation()
    await userEvent.click(box)
    await userEvent.keyboard('{ArrowDown}{ArrowDown}')
    const active = within(screen.getByRole('listbox')).getByRole('option', { selected: true })
    expect(active.textContent).toContain('Cambiar una dirección')
    expect(box.getAttribute('aria-activedescendant')).toBe(active.id)
    await userEvent.click(screen.getByRole('option', { name: /Depositar/ }))
    expect(box).toHaveProperty('value', 'Depositar en una cuenta')
    await vi.waitFor(() => expect(askedFor(trail)).toBe('deposits.post_deposit'))
  })

  test('takes a pattern of codes as it is typed, and forgets words that name nothing', async () => {
    const trail = await open('/audit')
    const box = await operation()
    await userEvent.type(box, 'deposits.*{Enter}')
    await vi.waitFor(() => expect(askedFor(trail)).toBe('deposits.*'))
    expect(box).toHaveProperty('value', 'deposits.*')
    await userEvent.clear(box)
    await userEvent.type(box, 'cosa alguna')
    await userEvent.tab()
    expect(box).toHaveProperty('value', '')
    expect(trail.asked.some(({ query }) => query.operation?.includes('cosa'))).toBe(false)
  })
})

describe('what waits for a second person', () => {
  test('is told by the name of its operation, with what it is about at hand', async () => {
    await open('/approvals')
    expect(await screen.findByRole('heading', { name: 'Retirar de una cuenta' })).toBeTruthy()
    expect(screen.getAllByText('Retirar de una cuenta')).toHaveLength(1)
    expect(screen.getByText('deposits.post_withdrawal')).toBeTruthy()
    expect(screen.getByText('Compra de un tractor').tagName).toBe('DD')
    expect(screen.getByText('dep_01abc').closest('a')?.getAttribute('href')).toBe(
      '/admin/deposits/accounts/dep_01abc',
    )
  })

  test('shows what would change of a parameter', async () => {
    await open('/approvals')
    expect(await screen.findByText('Proponer un cambio de parámetros')).toBeTruthy()
    const links = screen.getAllByRole('link', { name: 'Ver qué cambia' })
    expect(links.map((link) => link.getAttribute('href'))).toEqual([
      '/admin/parameters/platform.approval_rule/deposits.open_account?scope=tenant&tab=versions',
    ])
  })
})

test('a member’s products are called by the names of their plans', async () => {
  await open('/parties/pty_1')
  expect((await screen.findByText('Ahorro a la vista')).tagName).toBe('STRONG')
  expect(screen.getByText('S1').tagName).toBe('CODE')
})

describe('the page of what an id names', () => {
  test.each([
    ['ent_20260318-1-4-01abc', '/accounting/entries/ent_20260318-1-4-01abc'],
    ['pty_01abc', '/parties/pty_01abc'],
    ['k.a~x~tenant~3', '/parameters/k.a/x?scope=tenant&tab=versions'],
    ['ses_01abc', null],
    ['tenant:chakana', null],
    ['permission_denied', null],
    ['', null],
  ])('%s', (id, place) => expect(placeOf(id)).toBe(place))
})

test('every word of a search counts, accents aside', () => {
  const options = [
    { value: 'a.close', label: 'Cerrar un mes' },
    { value: 'b.close', label: 'Cerrar una sesión' },
  ]
  expect(matching(options, 'SESION cerrar').map(({ value }) => value)).toEqual(['b.close'])
  expect(matching(options, 'a.cl').map(({ value }) => value)).toEqual(['a.close'])
  expect(matching(options, '')).toHaveLength(2)
  const close = { value: 'c.open', label: 'Close' }
  expect(matching([...options, close], 'close').map(({ value }) => value)).toEqual([
    'c.open',
    'a.close',
    'b.close',
  ])
})
