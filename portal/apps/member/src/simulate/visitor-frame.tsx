import { useT } from '@minga/i18n'
import {
  ButtonLink,
  LanguageSwitch,
  Logo,
  OfflineNotice,
  ThemeSwitch,
  useLanguageKey,
} from '@minga/ui'
import type { ReactNode } from 'react'
import { Link } from 'react-router'
import styles from './simulate.module.css'

/** The frame around a page that is open to everybody. */
export default function VisitorFrame({ children }: { children: ReactNode }) {
  const t = useT()
  useLanguageKey()
  return (
    <div className={styles.visit}>
      <header className={styles.top} data-screen-only>
        <div className={styles.bar}>
          <Link to="/sign-in" className={styles.brand}>
            <Logo />
          </Link>
          <LanguageSwitch />
          <span className={styles.scheme}>
            <ThemeSwitch />
          </span>
          <ButtonLink to="/sign-in" size="sm" tone="primary">
            {t('member.simulate.sign_in')}
          </ButtonLink>
        </div>
      </header>
      <OfflineNotice />
      <main className={styles.content}>{children}</main>
    </div>
  )
}
