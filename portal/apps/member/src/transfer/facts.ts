import { useFormats, useT } from '@minga/i18n'
import { maskNumber } from '../position/own'
import type { TransferAccount, TransferQuote } from './own-transfers'

export type Fact = { label: string; value: string }

/** What a transfer says of itself before it is made and on its receipt: accounts, costs, and what is left. */
export function useFacts(quote: TransferQuote, accounts: TransferAccount[]): Fact[] {
  const t = useT()
  const formats = useFormats()
  const fact = (key: string, value: string) => ({ label: t(`member.transfer.${key}`), value })
  const named = ({ id, number }: TransferQuote['from_account']) => {
    const name = accounts.find((account) => account.id === id)?.name ?? ''
    return `${name} ${maskNumber(number)}`.trim()
  }
  return [
    fact('from', named(quote.from_account)),
    fact('to', named(quote.to_account)),
    ...quote.charges.map(({ name, amount, tax }) => ({
      label: t(`member.transfer.${tax ? 'tax' : 'charge'}`, { name }),
      value: formats.money(amount),
    })),
    ...(quote.charges.length > 0 ? [fact('total', formats.money(quote.total))] : []),
    ...(quote.narrative === '' ? [] : [fact('note', quote.narrative)]),
    fact('left', formats.money(quote.from_account.available)),
  ]
}
