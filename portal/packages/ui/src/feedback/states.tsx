import { useT } from '@minga/i18n'
import type { ReactNode } from 'react'
import { Button } from '../form/button'
import { Icon, type IconName } from '../icons/icon'
import styles from './states.module.css'

export type EmptyStateProps = {
  icon?: IconName
  title: string
  description?: string
  action?: ReactNode
}

/** Says why there is nothing here and what can be done next. */
export function EmptyState({ icon = 'sprout', title, description, action }: EmptyStateProps) {
  return (
    <div className={styles.state}>
      <span className={styles.badge}>
        <Icon name={icon} size={30} />
      </span>
      <p className={styles.title}>{title}</p>
      {description && <p className={styles.text}>{description}</p>}
      {action}
    </div>
  )
}

/** The parts of a problem that a reader may need; ApiProblem and NetworkProblem have them. */
type ProblemLike = {
  code?: string
  detail?: string
  title?: string
  remedy?: string
  requestId?: string
}

export type ErrorStateProps = {
  error: unknown
  onRetry?: (() => void) | undefined
  compact?: boolean
}

/** What went wrong in the reader's language, a way to try again, and the reference to quote. */
export function ErrorState({ error, onRetry, compact = false }: ErrorStateProps) {
  const t = useT()
  const problem: ProblemLike = typeof error === 'object' && error !== null ? error : {}
  const offline = problem.code === 'network'
  const text = problem.detail || problem.title || t('ui.error.text')
  return (
    <div className={styles.state} role="alert" data-compact={compact || undefined}>
      <span className={styles.badge} data-tone={offline ? 'warn' : 'bad'}>
        <Icon name={offline ? 'offline' : 'alert'} size={28} />
      </span>
      <p className={styles.title}>{t(offline ? 'ui.error.offline_title' : 'ui.error.title')}</p>
      <p className={styles.text}>{offline ? t('ui.error.offline_text') : text}</p>
      {problem.remedy && <p className={styles.text}>{problem.remedy}</p>}
      {onRetry && (
        <Button icon="refresh" onClick={onRetry}>
          {t('ui.error.retry')}
        </Button>
      )}
      {problem.requestId && (
        <p className={styles.reference}>{t('ui.error.reference', { id: problem.requestId })}</p>
      )}
    </div>
  )
}

export type NoticeProps = { tone?: 'info' | 'good' | 'warn' | 'bad'; children: ReactNode }

const NOTICE_ICONS = { info: 'info', good: 'check-circle', warn: 'alert', bad: 'alert' } as const

/** A message that stays on the page, such as why a form was not taken. */
export function Notice({ tone = 'info', children }: NoticeProps) {
  return (
    <div className={styles.notice} data-tone={tone} role={tone === 'bad' ? 'alert' : 'status'}>
      <Icon name={NOTICE_ICONS[tone]} />
      <div>{children}</div>
    </div>
  )
}
