import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { fitting } from '../src/app/fitting'
import { opened } from './opened'
import { staffRoutes, teller } from './pretended'

const openConsole = (address: string) => opened(address, staffRoutes(), teller)

describe('a row of tabs', () => {
  const widths = { tabs: [100, 50, 80, 70], more: 60, gap: 10 }
  test.each([
    ['holds all where they just fit', 330, 0, [0, 1, 2, 3]],
    ['holds the first ones beside the button for the rest', 329, 0, [0, 1, 2]],
    ['gives up those at the end as the room shrinks', 310, 0, [0, 1]],
    ['always holds the open one, in its place', 329, 3, [0, 1, 3]],
    ['holds the open one alone where there is room for no other', 120, 2, [2]],
  ])('%s', (_, room, open, held) => expect(fitting(widths, room, open)).toEqual(held))
})

describe('the parts of an account on a narrow screen', () => {
  const TAB = 100
  const ROOM = 460

  beforeAll(() => import('../src/deposits/account-page'))
  afterEach(() => window.history.replaceState(null, '', '/'))

  async function narrow(address: string) {
    vi.spyOn(HTMLElement.prototype, 'offsetWidth', 'get').mockReturnValue(TAB)
    vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(ROOM)
    await openConsole(address)
    await screen.findByRole('tablist', { name: 'Partes de la cuenta' })
  }
  const shown = () => screen.getAllByRole('tab').map((tab) => tab.textContent)
  const open = () => screen.getByRole('tab', { selected: true })
  const inAddress = () => new URLSearchParams(window.location.search).get('tab')

  test('has the first ones in the row and the others in a menu', async () => {
    await narrow('/deposits/accounts/acc_1')
    expect(shown()).toEqual(['Movimientos', 'Atención', 'Condiciones'])
    await userEvent.click(screen.getByRole('button', { name: /^Más/ }))
    const menu = within(await screen.findByRole('menu'))
    expect(menu.getAllByRole('menuitem').map((item) => item.textContent)).toEqual([
      'Personas',
      'Bloqueos',
      'Interés por día',
      'Sobregiro',
      'Cargos',
      'Cheques',
      'Programadas',
    ])
    await userEvent.click(menu.getByRole('menuitem', { name: 'Cheques' }))
    expect(shown()).toEqual(['Movimientos', 'Atención', 'Cheques'])
    expect(inAddress()).toBe('cheques')
    expect(screen.getByRole('tabpanel', { name: 'Cheques' })).toBeTruthy()
    expect(await screen.findByText('Los perdió en el bus')).toBeTruthy()
  })

  test('an address opens one that would not fit', async () => {
    await narrow('/deposits/accounts/acc_1?tab=overdraft')
    expect(shown()).toEqual(['Movimientos', 'Atención', 'Sobregiro'])
    expect(open().textContent).toBe('Sobregiro')
    expect(open().getAttribute('aria-posinset')).toBe('7')
    expect(open().getAttribute('aria-setsize')).toBe('10')
  })

  test('arrow keys walk through all of them with one stop for Tab', async () => {
    await narrow('/deposits/accounts/acc_1?tab=terms')
    open().focus()
    await userEvent.keyboard('{ArrowRight}')
    expect(open().textContent).toBe('Personas')
    expect(document.activeElement).toBe(open())
    await userEvent.keyboard('{End}')
    expect(open().textContent).toBe('Programadas')
    await userEvent.keyboard('{ArrowRight}')
    expect(document.activeElement?.textContent).toBe('Movimientos')
    expect(inAddress()).toBe('movements')
    const stops = screen.getAllByRole('tab').map((tab) => tab.tabIndex)
    expect(stops).toEqual([0, -1, -1])
    await userEvent.tab()
    expect(document.activeElement).toBe(screen.getByRole('button', { name: /^Más/ }))
  })
})

test('where all fit there is no menu', async () => {
  await openConsole('/deposits/accounts/acc_1')
  expect(await screen.findAllByRole('tab')).toHaveLength(10)
  expect(screen.queryByRole('button', { name: /^Más/ })).toBeNull()
})
