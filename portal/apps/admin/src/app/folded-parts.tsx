import { useState, type ReactNode } from 'react'
import styles from './folded-parts.module.css'

type FoldedPartsProps = {
  /** Its fields have long names: they stand in pairs only where there is room for them. */
  roomy?: boolean
  children: ReactNode
}

/** Parts of a long form one under the other, each opened where somebody wants to change it. */
export function FoldedParts({ roomy = false, children }: FoldedPartsProps) {
  return (
    <div className={styles.parts} data-roomy={roomy || undefined}>
      {children}
    </div>
  )
}

type FoldedPartProps = {
  title: string
  /** What holds in it, read while it is closed. */
  digest?: string
  /** Opened when this becomes true; closed only by hand. */
  open: boolean
  /** One list is all there is in it. */
  bare?: boolean
  children: ReactNode
}

export function FoldedPart({ title, digest, open, bare = false, children }: FoldedPartProps) {
  const [shown, setShown] = useState(open)
  const [was, setWas] = useState(open)
  if (open !== was) {
    setWas(open)
    if (open) setShown(true)
  }
  return (
    <details
      className={styles.part}
      open={shown}
      onToggle={(event) => setShown(event.currentTarget.open)}
      data-bare={bare || undefined}
    >
      <summary>
        {title}
        {digest && <small className={styles.digest}>{digest}</small>}
      </summary>
      {children}
    </details>
  )
}
