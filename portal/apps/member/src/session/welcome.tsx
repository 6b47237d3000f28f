import { LanguageSwitch, Logo, Motif, OfflineNotice, PageHeader, ThemeSwitch } from '@minga/ui'
import { useLanguageKey } from '@minga/ui'
import { useT } from '@minga/i18n'
import type { ReactNode } from 'react'
import styles from './welcome.module.css'

type WelcomeProps = {
  title: string
  text: string
  /** The cooperative's own motto, instead of ours. */
  slogan?: string | undefined
  children: ReactNode
}

/** The frame of the pages before one is in: the cooperative's colour and a sheet to fill in. */
export function Welcome({ title, text, slogan, children }: WelcomeProps) {
  const t = useT()
  useLanguageKey()
  return (
    <div className={styles.page}>
      <header className={styles.hero}>
        <Motif />
        <div className={styles.brand}>
          <Logo onDark />
        </div>
        <p className={styles.promise}>{slogan || t('member.welcome.promise')}</p>
        <p className={styles.promiseText}>{t('member.welcome.text')}</p>
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
