import { useT } from '@minga/i18n'
import type { Field } from './fields'
import styles from './form.module.css'

const MOST_SHOWN = 14

/** What a field means, its unit, and the values it takes now (F1). */
export function FieldHelp({ field }: { field: Field }) {
  const t = useT()
  const choices = field.kind === 'choice' || field.kind === 'choices' ? field.choices : []
  const more = choices.length - MOST_SHOWN
  return (
    <div className={styles.help}>
      {field.help && <p>{field.help}</p>}
      {field.unit && (
        <p>
          {t('admin.form.unit')} <strong>{t(`admin.unit.${field.unit}`, field.unit)}</strong>
        </p>
      )}
      {field.overridable && <p>{t('admin.form.overridable')}</p>}
      {choices.length > 0 && (
        <ul>
          {choices.slice(0, MOST_SHOWN).map((choice) => (
            <li key={String(choice.value)}>
              <code>{String(choice.value)}</code> {choice.label}
            </li>
          ))}
          {more > 0 && <li>{t('admin.form.and_more', { count: more })}</li>}
        </ul>
      )}
    </div>
  )
}
