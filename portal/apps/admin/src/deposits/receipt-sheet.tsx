import { useFormats, useT } from '@minga/i18n'
import { Button, ButtonLink, Money, Notice, Receipt as Sheet, Stack } from '@minga/ui'
import { useEffect, useRef } from 'react'
import { useBalances, type Account, type Receipt } from './accounts'
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
  const released = useReleases(account.id, act === 'deposit')
  return (
    <Stack gap={4}>
      {receipt.warnings.map((warning) => (
        <Notice key={warning.code} tone="warn">
          {warning.message}
        </Notice>
      ))}
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
          ...receipt.charges.map(({ charge, tax, amount }) => ({
            label: t(tax ? 'admin.desk.charge_tax' : 'admin.desk.charge', { charge }),
            value: formats.money(amount),
          })),
          line('admin.account.ledger', formats.money(receipt.ledger)),
          line('admin.account.available', formats.money(receipt.available)),
          ...released,
          line('admin.movements.code', receipt.code),
          line('admin.branch', receipt.branch),
          line('admin.desk.teller', receipt.actor),
          ...(receipt.narrative === ''
            ? []
            : [line('admin.movements.narrative', receipt.narrative)]),
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
    </Stack>
  )
}

/** When what is not cleared yet can be used: what whoever brings a cheque wants to know. */
function useReleases(account: string, shown: boolean) {
  const t = useT()
  const formats = useFormats()
  const { data } = useBalances(account)
  if (!shown) return []
  return (data?.buckets ?? []).map(({ release_on: on, amount }) => ({
    label: t('admin.desk.released_on', { date: formats.date(on) }),
    value: formats.money(amount),
  }))
}
