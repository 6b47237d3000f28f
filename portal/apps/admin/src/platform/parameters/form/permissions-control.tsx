import { useLanguage, useT } from '@minga/i18n'
import { CheckField } from '@minga/ui'
import { useWords } from '../../../app/values'
import { dotted, valueAt } from './body'
import { useDraft } from './draft'
import type { ControlOf } from './field-control'
import styles from './form.module.css'

const PREFIX = 'permissions.'

/** Every permission the bank knows, with its words: `deposits.open_account` → "Open accounts". */
export function usePermissionNames() {
  const { current } = useLanguage()
  const words = useWords(PREFIX, current).data ?? {}
  const names = Object.entries(words).map(
    ([key, name]) => [key.slice(PREFIX.length), name] as const,
  )
  return new Map(names)
}

export const moduleOf = (permission: string) => permission.split('.')[0] ?? permission

/** The permissions of a role, by module; `deposits.*` covers a module whole. */
export function PermissionsControl({ field, path }: ControlOf<'lines'>) {
  const t = useT()
  const { body, change, errorAt } = useDraft()
  const names = usePermissionNames()
  const value = valueAt(body, path)
  const granted = Array.isArray(value) ? value.map(String) : []
  const known = new Set([...names.keys(), ...granted.filter((one) => !one.endsWith('*'))])
  const modules = [...new Set([...known, ...granted].map(moduleOf))].sort()
  const error = errorAt(dotted(path))
  const toggle = (permission: string, on: boolean) => {
    const rest = granted.filter((one) => one !== permission)
    change(path, on ? [...rest, permission] : rest)
  }
  return (
    <fieldset className={styles.choices} aria-invalid={error ? true : undefined}>
      <legend>{field.label}</legend>
      {field.help && <p className={styles.hint}>{field.help}</p>}
      {modules.map((module) => {
        const whole = `${module}.*`
        const covered = granted.includes(whole)
        return (
          <div key={module} className={styles.permissionGroup}>
            <CheckField
              label={t('admin.roles.whole', { module: t(`admin.module.${module}`, module) })}
              checked={covered}
              onChange={(on) => toggle(whole, on)}
            />
            <div className={styles.choiceList}>
              {[...known]
                .filter((permission) => moduleOf(permission) === module)
                .map((permission) => (
                  <CheckField
                    key={permission}
                    label={names.get(permission) ?? permission}
                    checked={covered || granted.includes(permission)}
                    disabled={covered}
                    onChange={(on) => toggle(permission, on)}
                  />
                ))}
            </div>
          </div>
        )
      })}
      {error && <p className={styles.error}>{error}</p>}
    </fieldset>
  )
}
