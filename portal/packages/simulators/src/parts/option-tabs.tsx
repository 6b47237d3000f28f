import { useT } from '@minga/i18n'
import { Button, IconButton } from '@minga/ui'
import { LETTERS } from './compare'
import styles from './parts.module.css'

type OptionTabsProps = {
  count: number
  active: number
  onChoose: (option: number) => void
  onRemove: (option: number) => void
}

/** Which option the form is about, once there are several. */
export function OptionTabs({ count, active, onChoose, onRemove }: OptionTabsProps) {
  const t = useT()
  if (count < 2) return null
  return (
    <div className={styles.options}>
      <div className={styles.letters} role="group" aria-label={t('simulator.option.which')}>
        {LETTERS.slice(0, count).map((letter, index) => (
          <button
            key={letter}
            type="button"
            className={styles.option}
            aria-pressed={index === active}
            onClick={() => onChoose(index)}
          >
            {t('simulator.option.name', { letter })}
          </button>
        ))}
      </div>
      <IconButton
        icon="close"
        label={t('simulator.option.remove', { letter: LETTERS[active] })}
        onClick={() => onRemove(active)}
      />
    </div>
  )
}

type AddOptionProps = { shown: boolean; onAdd: () => void }

export function AddOption({ shown, onAdd }: AddOptionProps) {
  const t = useT()
  if (!shown) return null
  return (
    <Button icon="plus" onClick={onAdd}>
      {t('simulator.option.add')}
    </Button>
  )
}
