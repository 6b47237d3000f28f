import { expect, test } from 'vitest'
import { filterMenu, type ConsoleNode } from '../src'

const leaf = (code: string, label: string): ConsoleNode => ({
  code,
  label,
  path: `/${code}`,
  children: [],
})
const menu: ConsoleNode[] = [
  { code: 'm1', label: 'Socios', children: [leaf('search', 'Búsqueda'), leaf('open', 'Apertura')] },
  { code: 'm2', label: 'Contabilidad', children: [leaf('trial', 'Balance de comprobación')] },
]

test('the menu is searched without accents and keeps the way to what is found', () => {
  expect(filterMenu(menu, 'busqueda')).toEqual([
    { code: 'm1', label: 'Socios', children: [leaf('search', 'Búsqueda')] },
  ])
})

test('a branch that matches comes whole', () => {
  expect(filterMenu(menu, 'contab')).toEqual([menu[1]])
})

test('nothing typed, nothing hidden', () => {
  expect(filterMenu(menu, ' ')).toBe(menu)
})
