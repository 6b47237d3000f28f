import { useT } from '@minga/i18n'
import { Icon } from '../icons/icon'
import { Segments } from '../form/segments'
import { useScheme } from './scheme-provider'
import styles from './scheme.module.css'

const SCHEMES = [
  ['auto', 'ui.scheme.auto', 'device'],
  ['light', 'ui.scheme.light', 'sun'],
  ['dark', 'ui.scheme.dark', 'moon'],
] as const

/** The three choices side by side, for a settings page. */
export function SchemeChoice() {
  const t = useT()
  const { chosen, choose } = useScheme()
  return (
    <Segments
      label={t('ui.scheme.label')}
      value={chosen}
      onChange={choose}
      options={SCHEMES.map(([value, key, icon]) => ({ value, label: t(key), icon }))}
    />
  )
}

/** One button for a tool bar: light to dark and back. */
export function ThemeSwitch() {
  const t = useT()
  const { shown, toggle } = useScheme()
  const label = t(shown === 'dark' ? 'ui.scheme.to_light' : 'ui.scheme.to_dark')
  return (
    <button
      type="button"
      className={styles.button}
      onClick={toggle}
      aria-label={label}
      title={label}
    >
      <Icon name={shown === 'dark' ? 'sun' : 'moon'} />
    </button>
  )
}
