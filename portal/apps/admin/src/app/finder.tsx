import { Field, Icon, type IconName } from '@minga/ui'
import { useId, useState, type KeyboardEvent, type ReactNode } from 'react'
import styles from './finder.module.css'

export type FinderOption = {
  id: string
  icon: IconName
  title: string
  detail: string
  aside?: ReactNode
  onChoose: () => void
}

type FinderProps = {
  label: string
  hint: ReactNode
  text: string
  onText: (text: string) => void
  options: FinderOption[]
  /** Esc with something typed: answers whether there was a step back to make. */
  onStepBack: () => boolean
  error?: string | null | undefined
  autoFocus?: boolean
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }

/** One box and a list under it: arrows walk, Enter chooses, Esc steps back. */
export function Finder(props: FinderProps) {
  const { label, hint, text, onText, options, onStepBack, error, autoFocus } = props
  const id = useId()
  const [at, setAt] = useState(0)
  const current = Math.max(0, Math.min(at, options.length - 1))
  const open = options.length > 0

  const onKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step !== undefined && open) {
      event.preventDefault()
      setAt((current + step + options.length) % options.length)
    } else if (event.key === 'Enter' && !event.ctrlKey) {
      event.preventDefault()
      options[current]?.onChoose()
      setAt(0)
    } else if (event.key === 'Escape' && onStepBack()) {
      event.preventDefault()
      event.stopPropagation()
    }
  }
  return (
    <div className={styles.finder} data-own-enter>
      <Field label={label} error={error} required hint={hint}>
        {(control) => (
          <span className={styles.box}>
            <Icon name="search" size={20} />
            <input
              {...control}
              type="text"
              role="combobox"
              autoComplete="off"
              spellCheck={false}
              aria-expanded={open}
              aria-controls={`${id}-list`}
              aria-activedescendant={open ? `${id}-${current}` : undefined}

              autoFocus={autoFocus}
              value={text}
              onChange={(event) => {
                setAt(0)
                onText(event.currentTarget.value)
              }}
              onKeyDown={onKey}
            />
          </span>
        )}
      </Field>
      <ul
        id={`${id}-list`}
        className={styles.list}
        aria-label={label}
        role="listbox"
        hidden={!open}
      >
        {options.map((option, index) => (
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the box has the keys
          <li
            key={option.id}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            className={styles.option}
            onMouseDown={(event) => event.preventDefault()}
            onClick={option.onChoose}
          >
            <Icon name={option.icon} size={20} />
            <span className={styles.words}>
              <strong>{option.title}</strong>
              <small>{option.detail}</small>
            </span>
            {option.aside}
          </li>
        ))}
      </ul>
    </div>
  )
}
