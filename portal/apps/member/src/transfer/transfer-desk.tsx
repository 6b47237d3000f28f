import { isProblem } from '@minga/api-client'
import { Card, useIntention } from '@minga/ui'
import { useState } from 'react'
import { useQuote, useTransfer, type Asked, type TransferAccount } from './own-transfers'
import { TransferCheck } from './transfer-check'
import { TransferForm } from './transfer-form'
import { TransferSlip } from './transfer-slip'

type TransferDeskProps = { accounts: TransferAccount[]; onAgain: () => void }

/** The form, then what it would do, then the receipt. Going back keeps what was typed. */
export function TransferDesk({ accounts, onAgain }: TransferDeskProps) {
  const [asked, setAsked] = useState<Asked | null>(null)
  const intention = useIntention()
  const quote = useQuote()
  const transfer = useTransfer()

  const check = (wanted: Asked) => {
    setAsked(wanted)
    transfer.reset()
    intention.renew()
    quote.mutate(wanted)
  }
  const confirm = (body: Asked) =>
    transfer.mutate(
      { body, key: intention.key },
      { onError: (error) => isProblem(error) && error.status < 500 && intention.renew() },
    )

  if (transfer.data)
    return <TransferSlip receipt={transfer.data} accounts={accounts} onAgain={onAgain} />
  return (
    <Card>
      {quote.data && asked ? (
        <TransferCheck
          quote={quote.data}
          accounts={accounts}
          error={transfer.error}
          busy={transfer.isPending}
          onConfirm={() => confirm(asked)}
          onChange={quote.reset}
        />
      ) : (
        <TransferForm
          accounts={accounts}
          first={asked}
          error={quote.error}
          busy={quote.isPending}
          onEdit={quote.reset}
          onAsk={check}
        />
      )}
    </Card>
  )
}
