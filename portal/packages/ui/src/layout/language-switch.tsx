import { useLanguage, useT } from '@minga/i18n'
import { useEffect } from 'react'
import { Segments } from '../form/segments'
import { Icon } from '../icons/icon'
import styles from '../theme/scheme.module.css'
import { Menu } from './menu'

const namesOfLanguages = new Map<string, string>()

/** A language in its own words: `es` is "Español". Asked of the browser once: it opens its names slowly. */
export function nameOfLanguage(tag: string): string {
  const known = namesOfLanguages.get(tag)
  if (known !== undefined) return known
  const word = new Intl.DisplayNames([tag], { type: 'language' }).of(tag) ?? tag
  const name = word.charAt(0).toLocaleUpperCase(tag) + word.slice(1)
  namesOfLanguages.set(tag, name)
  return name
}

/** Ctrl+Shift+L goes to the tenant's next language from anywhere; typed data stays. */
export function useLanguageKey(): void {
  const { current, offered, choose } = useLanguage()
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!event.ctrlKey || !event.shiftKey || event.key.toLowerCase() !== 'l') return
      event.preventDefault()
      const next = offered[(offered.indexOf(current) + 1) % offered.length]
      if (next !== undefined) choose(next)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [current, offered, choose])
}

/** A button with the tenant's languages. */
export function LanguageSwitch() {
  const t = useT()
  const { current, offered, choose } = useLanguage()
  if (offered.length < 2) return null
  return (
    <Menu
      trigger={
        <button
          type="button"
          className={styles.button}
          aria-label={t('ui.language.label')}
          title={t('ui.language.key')}
        >
          <Icon name="globe" />
        </button>
      }
      items={() =>
        offered.map((tag) => ({
          label: nameOfLanguage(tag),
          lang: tag,
          ...(tag === current ? { icon: 'check' as const } : {}),
          onSelect: () => choose(tag),
        }))
      }
    />
  )
}

/** The languages side by side, for a settings page. */
export function LanguageChoice() {
  const t = useT()
  const { current, offered, choose } = useLanguage()
  return (
    <Segments
      label={t('ui.language.label')}
      value={current}
      onChange={choose}
      options={offered.map((tag) => ({ value: tag, label: nameOfLanguage(tag) }))}
    />
  )
}
