import { PATHS, type IconName } from './paths'
import styles from './icon.module.css'

export type { IconName } from './paths'

export type IconProps = { name: IconName; size?: number; className?: string | undefined }

/** A decorative line icon in the colour of the text around it. */
export function Icon({ name, size = 20, className }: IconProps) {
  const path = PATHS[name]
  return (
    <svg
      className={[styles.icon, className].filter(Boolean).join(' ')}
      width={size}
      height={size}
      viewBox="0 0 24 24"
      aria-hidden="true"
      focusable="false"
    >
      {path.map((d) => (
        <path key={d} d={d} />
      ))}
    </svg>
  )
}
