import { useT } from '@minga/i18n'
import { LanguageSwitch, Logo, Motif, OfflineNotice, PageHeader, ThemeSwitch } from '@minga/ui'
import { useLanguageKey } from '@minga/ui'
import type { ReactNode } from 'react'
import styles from './welcome.module.css'

type WelcomeProps = { title: string; text: string; children: ReactNode }

const KEYS = ['menu', 'help', 'accept', 'language'] as const

/** The frame of the pages before one is in: the cooperative's colour and a sheet to fill in. */
export function Welcome({ title, text, children }: WelcomeProps) {
  const t = useT()
  useLanguageKey()
  return (
    <div className={styles.page}>
      <header className={styles.hero}>
        <Motif />
        <div className={styles.brand}>
          <Logo onDark />
        </div>
        <div className={styles.words}>
          <p className={styles.promise}>{t('admin.welcome.promise')}</p>
          <ul className={styles.keys}>
            {KEYS.map((key) => (
              <li key={key}>
                <kbd>{t(`admin.welcome.key.${key}`)}</kbd>
                {t(`admin.welcome.does.${key}`)}
              </li>
            ))}
          </ul>
        </div>
      </header>
      <div className={styles.side}>
        <div className={styles.tools}>
          <LanguageSwitch />
          <ThemeSwitch />
        </div>
        <OfflineNotice />
        <main className={styles.sheet}>
          <PageHeader title={title} subtitle={text} />
          {children}
        </main>
      </div>
    </div>
  )
}
