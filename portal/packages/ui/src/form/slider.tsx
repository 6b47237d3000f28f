import styles from './slider.module.css'

export type SliderProps = {
  /** Read aloud; the field it moves has a label of its own. */
  label: string
  /** What the position means, read aloud instead of its number. */
  text: string
  steps: number
  position: number
  onChange: (position: number) => void
}

/** A rough hand for a figure that is typed exactly in the field above it. */
export function Slider({ label, text, steps, position, onChange }: SliderProps) {
  return (
    <input
      type="range"
      className={styles.slider}
      aria-label={label}
      aria-valuetext={text}
      min={0}
      max={steps}
      value={position}
      onChange={(event) => onChange(Number(event.currentTarget.value))}
    />
  )
}
