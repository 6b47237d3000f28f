import { useFormats, useT } from '@minga/i18n'
import { Button, ButtonLink, Money, Receipt as Sheet } from '@minga/ui'
import { useEffect, useRef } from 'react'
import type { Account, Receipt } from './accounts'
import type { MoneyAct } from './posting'

type ReceiptSheetProps = {
  act: MoneyAct
  receipt: Receipt
  to: Account | null
  onAgain: () => void
}

/** What the member takes home; Enter goes on with the next operation. */
export function ReceiptSheet({ act, receipt, to, onAgain }: ReceiptSheetProps) {
  const t = useT()
  const formats = useFormats()
  const next = useRef<HTMLDivElement>(null)
  useEffect(() => next.current?.querySelector('button')?.focus(), [])
  const { account } = receipt
  const line = (key: string, value: string) => ({ label: t(key), value })
  return (
    <Sheet
      title={t(`admin.desk.${act}`)}
      number={receipt.entry_id}
      amount={<Money value={receipt.amount} />}
      lines={[
        line('admin.account.account', account.number),
        line('admin.account.holder', account.holder),
        ...(to ? [line('admin.desk.to', `${to.number} · ${to.holder}`)] : []),
        line('admin.business_date', formats.date(receipt.business_date)),
        line('admin.movements.posted_at', formats.dateTime(receipt.posted_at)),
        line('admin.account.ledger', formats.money(receipt.ledger)),
        line('admin.account.available', formats.money(receipt.available)),
        line('admin.movements.code', receipt.code),
        line('admin.branch', receipt.branch),
        line('admin.desk.teller', receipt.actor),
        ...(receipt.narrative === '' ? [] : [line('admin.movements.narrative', receipt.narrative)]),
      ]}
      signatures={[t('admin.desk.sign_member'), t('admin.desk.sign_teller')]}
      actions={
        <>
          <div ref={next}>
            <Button tone="primary" onClick={onAgain}>
              {t('admin.desk.again')}
            </Button>
          </div>
          <ButtonLink to={`/deposits/accounts/${account.id}`} tone="quiet">
            {t('admin.desk.see_account')}
          </ButtonLink>
        </>
      }
    />
  )
}
