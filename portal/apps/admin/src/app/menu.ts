import type { ConsoleNode, IconName } from '@minga/ui'

/** A node of the menu as `GET /platform/me` answers it. */
export type MenuEntry = {
  code: string
  label: string
  path?: string | null
  icon?: string
  external?: boolean
  children: MenuEntry[]
}

/** The names the menu's maintainers use for pictures, and ours. */
const ICONS: Record<string, IconName> = {
  bank: 'bank',
  book: 'list',
  branch: 'branch',
  calendar: 'calendar',
  clock: 'clock',
  document: 'document',
  home: 'home',
  loan: 'loan',
  savings: 'savings',
  settings: 'settings',
  transfer: 'transfer',
  users: 'people',
  wallet: 'savings',
}

/** The tree the shell draws. A group shows no picture; a leaf without one shows none either. */
export function nodesOf(entries: readonly MenuEntry[]): ConsoleNode[] {
  return entries.map((entry) => {
    const icon = ICONS[entry.icon ?? '']
    return {
      code: entry.code,
      label: entry.label,
      path: entry.path,
      children: nodesOf(entry.children),
      ...(icon === undefined ? {} : { icon }),
    }
  })
}

export function pathsOf(entries: readonly MenuEntry[]): string[] {
  return entries.flatMap((entry) => [
    ...(entry.path ? [entry.path] : []),
    ...pathsOf(entry.children),
  ])
}

/** The menu's place that leads closest to where one is: the longest path the address begins with. */
export function placeOf(entries: readonly MenuEntry[], pathname: string): string {
  const leads = (path: string) => pathname === path || pathname.startsWith(`${path}/`)
  return pathsOf(entries)
    .filter(leads)
    .reduce((longest, path) => (path.length > longest.length ? path : longest), '')
}
