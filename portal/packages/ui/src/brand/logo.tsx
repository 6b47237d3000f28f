import { useUi } from '../theme/context'
import { Mark } from './mark'
import { pictureOf } from './picture'
import styles from './brand.module.css'

/** The tenant's logo, or our mark in its colour, with its name beside it. */
export function Logo({ compact = false, onDark = false }: { compact?: boolean; onDark?: boolean }) {
  const { branding, institution } = useUi()
  const picture = pictureOf(branding.logo)
  return (
    <span className={styles.logo} data-on-dark={onDark || undefined}>
      {picture === null ? (
        <Mark size={36} />
      ) : (
        <img src={picture} alt="" className={styles.picture} />
      )}
      <span className={compact ? 'visually-hidden' : styles.name}>{institution}</span>
    </span>
  )
}
