import { isZero, useFormats, useT } from '@minga/i18n'
import { Badge, Money } from '@minga/ui'
import type { TermPayment } from './own-deposits'
import styles from './term.module.css'

/** Every payment as it was agreed, those that were made marked as such. */
export function Payments({ payments }: { payments: TermPayment[] }) {
  const t = useT()
  const formats = useFormats()
  const taxed = payments.some(({ withheld }) => !isZero(withheld.amount))
  return (
    <table className={styles.payments}>
      <caption className="visually-hidden">{t('member.term.payments')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('member.term.date')}</th>
          <th scope="col">{t('member.term.interest')}</th>
          {taxed && <th scope="col">{t('member.term.withheld')}</th>}
          <th scope="col">{t('member.term.paid')}</th>
        </tr>
      </thead>
      <tbody>
        {payments.map((payment) => (
          <tr key={payment.number}>
            <td>
              <span className={styles.day}>
                <time dateTime={payment.date}>{formats.date(payment.date)}</time>
                {payment.settled && <Badge tone="good">{t('member.term.settled')}</Badge>}
              </span>
            </td>
            <td>
              <Money value={payment.interest} />
            </td>
            {taxed && (
              <td>
                <Money value={payment.withheld} tone="soft" />
              </td>
            )}
            <td>
              <strong>
                <Money value={payment.paid} />
              </strong>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
