import { Field, type Option } from '@minga/ui'
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react'
import styles from './choice-field.module.css'
import { plainText } from './plain-text'

type ChoiceFieldProps = {
  label: string
  options: Option[]
  /** What was chosen, or typed where `accepts` takes it; empty for nothing. */
  value: string
  onChange: (value: string) => void
  /** Whether a text that is none of the options counts as it is typed. */
  accepts?: (text: string) => boolean
  placeholder?: string
}

const STEPS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 }

/** The options with every word of a text, accents aside: in their label, and then those that need their value too. */
export function matching(options: Option[], text: string): Option[] {
  const words = plainText(text).split(/\s+/).filter(Boolean)
  const within = (known: string) => words.every((word) => plainText(known).includes(word))
  const named = options.filter(({ label }) => within(label))
  const coded = options.filter(({ label, value }) => !within(label) && within(`${label} ${value}`))
  return [...named, ...coded]
}

/** One value of a long list, found by typing: arrows walk, Enter chooses, Esc closes and then empties. */
export function ChoiceField(props: ChoiceFieldProps) {
  const { label, options, value, onChange, accepts = () => false, placeholder } = props
  const id = useId()
  const list = useRef<HTMLUListElement>(null)
  const [text, setText] = useState<string | null>(null)
  const [at, setAt] = useState<number | null>(null)
  const [open, setOpen] = useState(false)

  const settled = options.find((option) => option.value === value)?.label ?? value
  const written = text ?? settled
  const found = open ? matching(options, text ?? '') : []
  const shown = found.length > 0
  const first = text === null || accepts(written) ? -1 : 0
  const current = Math.min(at ?? first, found.length - 1)
  useEffect(() => {
    const active = list.current?.querySelector('[aria-selected="true"]')
    active?.scrollIntoView?.({ block: 'nearest' })
  }, [current, shown])

  const close = () => {
    setOpen(false)
    setText(null)
    setAt(null)
  }
  const write = (typed: string) => {
    setText(typed)
    setAt(null)
    setOpen(true)
    onChange(accepts(typed) ? typed.trim() : '')
  }
  const choose = (option: Option) => {
    onChange(option.value)
    close()
  }
  const onKey = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step !== undefined) {
      event.preventDefault()
      setOpen(true)
      if (shown) setAt((Math.max(current, step > 0 ? -1 : 0) + step + found.length) % found.length)
    } else if (event.key === 'Enter') {
      event.preventDefault()
      const option = found[current]
      if (option) choose(option)
      else close()
    } else if (event.key === 'Escape' && (open || value !== '')) {
      event.stopPropagation()
      if (!open) onChange('')
      close()
    }
  }
  return (
    <div className={styles.choice} data-own-enter onBlur={close}>
      <Field label={label}>
        {(control) => (
          <input
            {...control}
            type="text"
            role="combobox"
            autoComplete="off"
            spellCheck={false}
            aria-autocomplete="list"
            aria-expanded={shown}
            aria-controls={`${id}-list`}
            aria-activedescendant={shown && current >= 0 ? `${id}-${current}` : undefined}
            placeholder={placeholder}
            value={written}
            onChange={(event) => write(event.currentTarget.value)}
            onClick={() => setOpen(true)}
            onKeyDown={onKey}
          />
        )}
      </Field>
      <ul
        ref={list}
        id={`${id}-list`}
        role="listbox"
        aria-label={label}
        className={styles.list}
        hidden={!shown}
      >
        {found.map((option, index) => (
          // eslint-disable-next-line jsx-a11y/click-events-have-key-events -- the box has the keys
          <li
            key={option.value}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === current}
            className={styles.option}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(option)}
          >
            {option.label}
            <code>{option.value}</code>
          </li>
        ))}
      </ul>
    </div>
  )
}
