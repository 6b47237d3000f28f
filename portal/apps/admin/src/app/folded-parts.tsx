import type { ReactNode } from 'react'
import styles from './folded-parts.module.css'

/** Parts of a long form one under the other, each opened where somebody wants to change it. */
export function FoldedParts({ children }: { children: ReactNode }) {
  return <div className={styles.parts}>{children}</div>
}

type FoldedPartProps = {
  title: string
  /** What holds in it, read while it is closed. */
  digest?: string
  open: boolean
  children: ReactNode
}

export function FoldedPart({ title, digest, open, children }: FoldedPartProps) {
  return (
    <details className={styles.part} open={open}>
      <summary>
        {title}
        {digest && <small className={styles.digest}>{digest}</small>}
      </summary>
      {children}
    </details>
  )
}
