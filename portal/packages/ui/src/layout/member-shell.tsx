import { useT } from '@minga/i18n'
import { useEffect, useState, type ReactNode } from 'react'
import { Logo } from '../brand/logo'
import { Icon, type IconName } from '../icons/icon'
import { useUi } from '../theme/context'
import { useLanguageKey } from './language-switch'
import { Menu, type MenuItems } from './menu'
import styles from './member-shell.module.css'

export type ShellSection = { to: string; label: string; icon: IconName; current: boolean }
export type MemberShellProps = {
  sections: ShellSection[]
  user: { name: string; detail?: string | undefined }
  /** What opens under the member's name. */
  userMenu: MenuItems
  children: ReactNode
}

/** Frame of the member portal: sections above on a desk, under the thumb on a phone. */
export function MemberShell({ sections, user, userMenu, children }: MemberShellProps) {
  const t = useT()
  const { link: Link } = useUi()
  useLanguageKey()
  const links = sections.map((section) => (
    <Link
      key={section.to}
      to={section.to}
      className={styles.section}
      aria-current={section.current ? 'page' : undefined}
    >
      <Icon name={section.icon} size={22} />
      <span>{section.label}</span>
    </Link>
  ))
  return (
    <div className={styles.shell}>
      <a href="#content" className={styles.skip}>
        {t('ui.skip')}
      </a>
      <header className={styles.top} data-screen-only>
        <div className={styles.bar}>
          <Link to="/" className={styles.brand}>
            <Logo />
          </Link>
          <nav className={styles.wideNav} aria-label={t('ui.sections')}>
            {links}
          </nav>
          <UserMenu user={user} items={userMenu} />
        </div>
      </header>
      <OfflineNotice />
      <main id="content" className={styles.content} tabIndex={-1}>
        {children}
      </main>
      <nav className={styles.thumbNav} aria-label={t('ui.sections')} data-screen-only>
        {links}
      </nav>
    </div>
  )
}

const initialsOf = (name: string) =>
  name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toLocaleUpperCase())
    .join('')

/** The name at the top right and what opens under it. */
export function UserMenu({ user, items }: { user: MemberShellProps['user']; items: MenuItems }) {
  const t = useT()
  return (
    <Menu
      trigger={
        <button type="button" className={styles.user}>
          <span className={styles.avatar} aria-hidden="true">
            {initialsOf(user.name)}
          </span>
          <span className="visually-hidden">{t('ui.user_menu')}</span>
          <span className={styles.userName}>{user.name}</span>
          <Icon name="chevron-down" size={18} />
        </button>
      }
      heading={
        <div className={styles.userHeading}>
          <strong>{user.name}</strong>
          {user.detail && <span>{user.detail}</span>}
        </div>
      }
      items={items}
    />
  )
}

/** Whether the device believes it has a network. */
export function useOnline(): boolean {
  const [online, setOnline] = useState(() => navigator.onLine)
  useEffect(() => {
    const update = () => setOnline(navigator.onLine)
    window.addEventListener('online', update)
    window.addEventListener('offline', update)
    return () => {
      window.removeEventListener('online', update)
      window.removeEventListener('offline', update)
    }
  }, [])
  return online
}

export function OfflineNotice() {
  const t = useT()
  const online = useOnline()
  return (
    <div role="status" data-screen-only>
      {!online && (
        <p className={styles.offline}>
          <Icon name="offline" size={18} />
          {t('ui.offline')}
        </p>
      )}
    </div>
  )
}
