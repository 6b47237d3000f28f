import { useT } from '@minga/i18n'
import { IconButton } from '@minga/ui'
import { PersonFinder } from './person-finder'
import styles from './parties.module.css'

export type PersonLine = {
  id: string
  kind: string
  name: string
  document_type: string
  document_number: string
}

type PersonSlotProps = {
  label: string
  person: PersonLine | null
  onChange: (person: PersonLine | null) => void
  error?: string | null | undefined
  autoFocus?: boolean
}

/** The person something is for: looked up, then shown. */
export function PersonSlot({ label, person, onChange, error, autoFocus }: PersonSlotProps) {
  const t = useT()
  if (person === null)
    return (
      <PersonFinder
        label={label}
        onChoose={onChange}
        error={error}
        {...(autoFocus ? { autoFocus } : {})}
      />
    )
  return (
    <div>
      <span className={styles.slotLabel}>{label}</span>
      <div className={styles.slot}>
        <span>
          <strong>{person.name}</strong>
          <small>{`${person.document_type} ${person.document_number}`}</small>
        </span>
        <IconButton icon="close" label={t('admin.person.other')} onClick={() => onChange(null)} />
      </div>
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </div>
  )
}
