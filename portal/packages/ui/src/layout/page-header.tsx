import { useT } from '@minga/i18n'
import { useEffect, useRef, type ReactNode } from 'react'
import { Icon } from '../icons/icon'
import { useUi } from '../theme/context'
import styles from './page-header.module.css'

export type PageHeaderProps = {
  title: string
  subtitle?: ReactNode
  /** Where "back" leads. */
  back?: { to: string; label: string }
  actions?: ReactNode
  /** Left out of print, where a PrintHeader says what the page is. */
  screenOnly?: boolean
}

/** Once what has just changed is on screen: to focus before then has the page laid out twice. */
function afterPaint(work: () => void): () => void {
  let timer = 0
  const frame = window.requestAnimationFrame(() => {
    timer = window.setTimeout(work)
  })
  return () => {
    window.cancelAnimationFrame(frame)
    window.clearTimeout(timer)
  }
}

/** The page's one heading. It names the browser tab and takes the focus when the page opens. */
export function PageHeader({ title, subtitle, back, actions, screenOnly }: PageHeaderProps) {
  const { link: Link, institution } = useUi()
  const t = useT()
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => {
    document.title = t('ui.page_title', { page: title, institution })
  }, [title, institution, t])
  useEffect(
    () =>
      afterPaint(() => {
        const own = document.activeElement
        if (own === null || own === document.body) heading.current?.focus({ preventScroll: true })
      }),
    [],
  )
  return (
    <header className={styles.header} data-screen-only={screenOnly || undefined}>
      <div className={styles.words}>
        {back && (
          <Link to={back.to} className={styles.back}>
            <Icon name="back" size={18} />
            {back.label}
          </Link>
        )}
        <h1 ref={heading} tabIndex={-1} className={styles.title}>
          {title}
        </h1>
        {subtitle && <div className={styles.subtitle}>{subtitle}</div>}
      </div>
      {actions && (
        <div className={styles.actions} data-screen-only>
          {actions}
        </div>
      )}
    </header>
  )
}
