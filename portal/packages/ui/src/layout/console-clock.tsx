import { useFormats, useT } from '@minga/i18n'
import { useEffect, useState } from 'react'
import { Icon } from '../icons/icon'
import styles from './console-shell.module.css'

export type ConsoleClockProps = {
  branch: string
  /** The branch's business date, which may differ from the calendar's. */
  businessDate: string | null
  timeZone?: string
}

const MINUTE_MILLIS = 60_000

/** Wall clock with its zone, and the business date set apart. */
export function ConsoleClock({ branch, businessDate, timeZone }: ConsoleClockProps) {
  const t = useT()
  const formats = useFormats()
  const [now, setNow] = useState(() => new Date())
  useEffect(() => {
    const timer = window.setInterval(() => setNow(new Date()), MINUTE_MILLIS / 4)
    return () => window.clearInterval(timer)
  }, [])
  const wall = new Intl.DateTimeFormat(formats.locale, {
    day: '2-digit',
    month: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZoneName: 'short',
    ...(timeZone === undefined ? {} : { timeZone }),
  }).format(now)
  return (
    <div className={styles.clock}>
      {businessDate && (
        <span className={styles.businessDate}>
          <Icon name="calendar" size={18} />
          <span>
            <small>{t('ui.clock.business_date', { branch })}</small>
            <strong>{formats.date(businessDate, 'long')}</strong>
          </span>
        </span>
      )}
      <span className={styles.wall}>
        <Icon name="clock" size={16} />
        {wall}
      </span>
    </div>
  )
}
