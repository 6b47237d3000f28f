import type { Model } from '@minga/api-client'
import { isZero, useT } from '@minga/i18n'
import { IconButton, Money, Motif } from '@minga/ui'
import styles from './position.module.css'

type PositionHeroProps = {
  total: Model<'Totals'>
  hidden: boolean
  onHide: (hidden: boolean) => void
}

/** What is held less what is owed, in one currency. */
export function PositionHero({ total, hidden, onHide }: PositionHeroProps) {
  const t = useT()
  const { currency } = total
  const figures = [
    ...(isZero(total.owed.amount)
      ? []
      : ([
          ['held', total.ledger],
          ['owed', total.owed],
        ] as const)),
    ['available', total.available] as const,
    ...(isZero(total.held.amount) ? [] : ([['blocked', total.held]] as const)),
  ]
  return (
    <section className={styles.hero} aria-label={t('member.position.net')}>
      <Motif />
      <div className={styles.net}>
        <p className={styles.netLabel}>{t('member.position.net')}</p>
        <p className={styles.netAmount}>
          <Money value={total.net} />
          <span className={styles.currency}>{currency}</span>
        </p>
        <div className={styles.eye} data-screen-only>
          <IconButton
            icon={hidden ? 'eye-off' : 'eye'}
            label={t(hidden ? 'member.position.show' : 'member.position.hide')}
            aria-pressed={hidden}
            onClick={() => onHide(!hidden)}
          />
        </div>
      </div>
      <dl className={styles.figures}>
        {figures.map(([name, value]) => (
          <div key={name}>
            <dt>{t(`member.position.${name}`)}</dt>
            <dd>
              <Money value={value} />
            </dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
