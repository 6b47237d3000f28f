import { useFormats, useT } from '@minga/i18n'
import { Button, ButtonLink, Money, Notice, Receipt, Stack } from '@minga/ui'
import { useEffect, useRef } from 'react'
import { useFacts } from './facts'
import type { TransferAccount, TransferReceipt } from './own-transfers'

type TransferSlipProps = {
  receipt: TransferReceipt
  accounts: TransferAccount[]
  onAgain: () => void
}

/** The receipt of a transfer that was made. */
export function TransferSlip({ receipt, accounts, onAgain }: TransferSlipProps) {
  const t = useT()
  const formats = useFormats()
  const facts = useFacts(receipt, accounts)
  const again = useRef<HTMLSpanElement>(null)
  useEffect(() => again.current?.querySelector('button')?.focus(), [])
  return (
    <Stack gap={4}>
      <div data-screen-only>
        <Notice tone="good">{t('member.transfer.done', { number: receipt.number })}</Notice>
      </div>
      <Receipt
        title={t('member.transfer.receipt')}
        number={receipt.number}
        amount={<Money value={receipt.amount} />}
        lines={[
          ...facts,
          { label: t('member.transfer.when'), value: formats.dateTime(receipt.posted_at) },
        ]}
        actions={
          <>
            <span ref={again}>
              <Button tone="primary" icon="transfer" onClick={onAgain}>
                {t('member.transfer.again')}
              </Button>
            </span>
            <ButtonLink to={`/accounts/${receipt.from_account.id}`} tone="quiet">
              {t('member.transfer.see')}
            </ButtonLink>
          </>
        }
      />
    </Stack>
  )
}
