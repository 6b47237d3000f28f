import { useId } from 'react'
import { Icon, type IconName } from '../icons/icon'
import styles from './segments.module.css'

export type Segment<Value extends string> = { value: Value; label: string; icon?: IconName }
export type SegmentsProps<Value extends string> = {
  /** Names the group for assistive technology. */
  label: string
  options: Segment<Value>[]
  value: Value | null
  onChange: (value: Value) => void
}

/** A few choices of which one holds, side by side: radio buttons in a calmer dress. */
export function Segments<Value extends string>(props: SegmentsProps<Value>) {
  const { label, options, value, onChange } = props
  const name = useId()
  return (
    <div role="radiogroup" aria-label={label} className={styles.group}>
      {options.map((option) => (
        <label key={option.value} className={styles.option}>
          <input
            type="radio"
            name={name}
            className={styles.radio}
            checked={value === option.value}
            onChange={() => onChange(option.value)}
          />
          <span className={styles.face}>
            {option.icon && <Icon name={option.icon} size={18} />}
            {option.label}
          </span>
        </label>
      ))}
    </div>
  )
}
