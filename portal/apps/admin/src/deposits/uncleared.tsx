import { useT } from '@minga/i18n'
import { DateText, Money } from '@minga/ui'
import { useBalances } from './accounts'
import styles from './deposits.module.css'

/** Cheques in clearing by the date on which their money can be used; nothing where there are none. */
export function Uncleared({ account }: { account: string }) {
  const t = useT()
  const { data } = useBalances(account)
  if (data === undefined || data.buckets.length === 0) return null
  return (
    <section aria-label={t('admin.uncleared.title')} className={styles.uncleared}>
      <h2>
        {t('admin.uncleared.title')} <Money value={data.uncleared} />
      </h2>
      <ul>
        {data.buckets.map(({ release_on: on, days, amount }) => (
          <li key={on}>
            <span>
              <DateText value={on} style="long" />{' '}
              <small>{t('admin.uncleared.days', { count: days })}</small>
            </span>
            <Money value={amount} />
          </li>
        ))}
      </ul>
    </section>
  )
}
