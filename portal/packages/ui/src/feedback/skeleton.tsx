import { useT } from '@minga/i18n'
import type { ReactNode } from 'react'
import styles from './skeleton.module.css'

export type SkeletonProps = { width?: string; height?: string; round?: boolean }

/** The ground on which content will appear. */
export function Skeleton({ width = '100%', height = '1em', round = false }: SkeletonProps) {
  return <span className={styles.bone} data-round={round || undefined} style={{ width, height }} />
}

/** Wraps skeletons so that assistive technology hears one "loading" instead of silence. */
export function Loading({ children }: { children: ReactNode }) {
  const t = useT()
  return (
    <div role="status" aria-label={t('ui.loading')}>
      <div aria-hidden="true">{children}</div>
    </div>
  )
}

/** Lines of a list to come. */
export function SkeletonRows({ rows = 4 }: { rows?: number }) {
  return (
    <Loading>
      {Array.from({ length: rows }, (_, index) => (
        <div key={index} className={styles.row}>
          <Skeleton width="40px" height="40px" round />
          <Skeleton width={`${55 - index * 6}%`} />
          <Skeleton width="18%" />
        </div>
      ))}
    </Loading>
  )
}
