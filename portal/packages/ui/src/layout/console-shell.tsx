import { useT } from '@minga/i18n'
import { useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { Logo } from '../brand/logo'
import { IconButton } from '../form/button'
import { Icon, type IconName } from '../icons/icon'
import { ThemeSwitch } from '../theme/scheme'
import { useUi } from '../theme/context'
import { ConsoleClock, type ConsoleClockProps } from './console-clock'
import { LanguageSwitch, useLanguageKey } from './language-switch'
import { OfflineNotice, UserMenu } from './member-shell'
import type { MenuItems } from './menu'
import styles from './console-shell.module.css'

/** As `GET /platform/me` gives it: up to four levels, leaves with a path. */
export type ConsoleNode = {
  code: string
  label: string
  path?: string | null | undefined
  icon?: IconName
  children: ConsoleNode[]
}

export type ConsoleShellProps = {
  menu: ConsoleNode[]
  /** Path of the menu's node where one is; the caller knows which node a page belongs to. */
  currentPath: string
  clock: ConsoleClockProps
  user: { name: string; detail?: string | undefined }
  userMenu: MenuItems
  /** Opens the help of the screen; also F1 anywhere but on a field. */
  onHelp?: () => void
  children: ReactNode
}

/** The leaves whose label holds the text, keeping the branches that lead to them. */
export function filterMenu(nodes: ConsoleNode[], text: string): ConsoleNode[] {
  const plain = (words: string) => words.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase()
  const wanted = plain(text.trim())
  if (wanted === '') return nodes
  return nodes.flatMap((node) => {
    if (plain(node.label).includes(wanted)) return [node]
    const children = filterMenu(node.children, text)
    return children.length > 0 ? [{ ...node, children }] : []
  })
}

/** Frame of the console: menu by permission, business date, help, language. Keyboard first. */
export function ConsoleShell(props: ConsoleShellProps) {
  const { menu, currentPath, clock, user, userMenu, onHelp, children } = props
  const t = useT()
  const [open, setOpen] = useState(false)
  useLanguageKey()
  useEffect(() => {
    if (onHelp === undefined) return
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'F1' || event.defaultPrevented) return
      event.preventDefault()
      onHelp()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [onHelp])
  return (
    <div className={styles.shell} data-open={open || undefined}>
      <a href="#content" className={styles.skip}>
        {t('ui.skip')}
      </a>
      <aside className={styles.side} data-screen-only>
        <div className={styles.brand}>
          <Logo />
        </div>
        <SideMenu menu={menu} currentPath={currentPath} onGo={() => setOpen(false)} />
      </aside>
      {open && (
        <button
          type="button"
          className={styles.scrim}
          aria-label={t('ui.close')}
          onClick={() => setOpen(false)}
        />
      )}
      <div className={styles.main}>
        <header className={styles.top} data-screen-only>
          <span className={styles.burger}>
            <IconButton
              icon="menu"
              label={t('ui.sections')}
              aria-expanded={open}
              onClick={() => setOpen(!open)}
            />
          </span>
          <ConsoleClock {...clock} />
          <span className={styles.tools}>
            {onHelp && <IconButton icon="help" label={t('ui.help')} onClick={onHelp} />}
            <span className={styles.wideTools}>
              <LanguageSwitch />
              <ThemeSwitch />
            </span>
            <UserMenu user={user} items={userMenu} />
          </span>
        </header>
        <OfflineNotice />
        <main id="content" className={styles.content} tabIndex={-1}>
          {children}
        </main>
      </div>
    </div>
  )
}

const FIND_KEYS = 'Ctrl G'

type SideMenuProps = { menu: ConsoleNode[]; currentPath: string; onGo: () => void }

function SideMenu({ menu, currentPath, onGo }: SideMenuProps) {
  const t = useT()
  const box = useRef<HTMLInputElement>(null)
  const [text, setText] = useState('')
  const shown = useMemo(() => filterMenu(menu, text), [menu, text])
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.ctrlKey || event.key.toLowerCase() !== 'g') return
      event.preventDefault()
      box.current?.focus()
      box.current?.select()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  return (
    <nav className={styles.nav} aria-label={t('ui.sections')}>
      <label className={styles.find}>
        <Icon name="search" size={18} />
        <span className="visually-hidden">{t('ui.menu.find')}</span>
        <input
          ref={box}
          type="search"
          value={text}
          placeholder={t('ui.menu.find')}
          onChange={(event) => setText(event.currentTarget.value)}
        />
        <kbd>{FIND_KEYS}</kbd>
      </label>
      {shown.length === 0 && <p className={styles.nothing}>{t('ui.menu.nothing')}</p>}
      <Nodes nodes={shown} level={1} currentPath={currentPath} onGo={onGo} />
    </nav>
  )
}

type NodesProps = { nodes: ConsoleNode[]; level: number; currentPath: string; onGo: () => void }

const isCurrent = (node: ConsoleNode, path: string) => Boolean(node.path) && path === node.path

function Nodes({ nodes, level, currentPath, onGo }: NodesProps) {
  const { link: Link } = useUi()
  if (nodes.length === 0) return null
  return (
    <ul className={styles.nodes} data-level={level}>
      {nodes.map((node) => (
        <li key={node.code}>
          {node.path ? (
            <Link
              to={node.path}
              className={styles.leaf}
              aria-current={isCurrent(node, currentPath) ? 'page' : undefined}
              onClick={onGo}
            >
              {node.icon && <Icon name={node.icon} size={18} />}
              {node.label}
            </Link>
          ) : (
            <span className={styles.branch}>{node.label}</span>
          )}
          <Nodes nodes={node.children} level={level + 1} currentPath={currentPath} onGo={onGo} />
        </li>
      ))}
    </ul>
  )
}
