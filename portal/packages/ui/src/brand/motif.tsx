import { useId } from 'react'
import styles from './brand.module.css'

/** A woven ground of stepped crosses for large coloured surfaces. Decorative. */
export function Motif() {
  const id = useId()
  return (
    <svg className={styles.motif} aria-hidden="true" focusable="false">
      <defs>
        <pattern id={id} width="72" height="72" patternUnits="userSpaceOnUse">
          <path d="M28 8h16v8h8v8h8v16h-8v8h-8v8H28v-8h-8v-8h-8V24h8v-8h8V8Z" />
          <path d="M30 26h12v12H30z" />
          <path d="M0 0v5M0 0h5M72 0v5M72 0h-5M0 72v-5M0 72h5M72 72v-5M72 72h-5" />
        </pattern>
      </defs>
      <rect width="100%" height="100%" fill={`url(#${id})`} />
    </svg>
  )
}
