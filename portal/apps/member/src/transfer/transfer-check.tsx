import { isProblem } from '@minga/api-client'
import { useT } from '@minga/i18n'
import { Button, Money, Notice } from '@minga/ui'
import { useEffect, useRef } from 'react'
import { useFacts } from './facts'
import type { TransferAccount, TransferQuote } from './own-transfers'
import styles from './transfer.module.css'

type TransferCheckProps = {
  quote: TransferQuote
  accounts: TransferAccount[]
  error: unknown
  busy: boolean
  onConfirm: () => void
  onChange: () => void
}

/** What is about to happen, to be read once more. */
export function TransferCheck(props: TransferCheckProps) {
  const { quote, accounts, error, busy, onConfirm, onChange } = props
  const t = useT()
  const facts = useFacts(quote, accounts)
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const refused = isProblem(error) && (error.detail || error.title)
  return (
    <div className={styles.check}>
      <h2 ref={heading} tabIndex={-1} className={styles.heading}>
        {t('member.transfer.check')}
      </h2>
      {error !== null && <Notice tone="bad">{refused || t('member.transfer.unsure')}</Notice>}
      <p className={styles.amount}>
        <Money value={quote.amount} />
      </p>
      <dl className={styles.facts}>
        {facts.map(({ label, value }) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className={styles.buttons}>
        <Button tone="primary" busy={busy} onClick={onConfirm}>
          {t('member.transfer.confirm')}
        </Button>
        <Button tone="quiet" disabled={busy} onClick={onChange}>
          {t('member.transfer.change')}
        </Button>
      </div>
    </div>
  )
}
