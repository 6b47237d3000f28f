import { useT } from '@minga/i18n'
import { Badge, Card, DateText } from '@minga/ui'
import type { Me } from '../../app/me'
import styles from './closing.module.css'

/** The business date of every branch in the caller's scope. */
export function BranchDays({ days }: { days: Me['business_dates'] }) {
  const t = useT()
  return (
    <Card title={t('admin.closing.branch_days')}>
      <ul className={styles.days}>
        {days.map((day) => (
          <li key={day.branch}>
            <span>
              <strong>{day.name}</strong>
              <small>{t('admin.closing.branch', { branch: day.branch })}</small>
            </span>
            <span className={styles.day}>
              <DateText value={day.business_date} style="long" />
              <Badge tone={day.state === 'open' ? 'good' : 'warn'}>
                {t(`admin.closing.day.${day.state}`, day.state)}
              </Badge>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
