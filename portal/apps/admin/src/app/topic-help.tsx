import { useT } from '@minga/i18n'
import styles from './topic-help.module.css'

type TopicHelpProps = { help: string; values: { value: string; label: string }[] }

const MOST_SHOWN = 14

/** What a field means and which values it takes now (F1). */
export function TopicHelp({ help, values }: TopicHelpProps) {
  const t = useT()
  const more = values.length - MOST_SHOWN
  return (
    <div className={styles.help}>
      <p>{help || t('admin.help.no_text')}</p>
      {values.length > 0 && (
        <ul>
          {values.slice(0, MOST_SHOWN).map(({ value, label }) => (
            <li key={value}>
              <code>{value}</code> {label}
            </li>
          ))}
          {more > 0 && <li>{t('admin.form.and_more', { count: more })}</li>}
        </ul>
      )}
    </div>
  )
}
