import { decimalParts } from '@minga/i18n'
import { unwrap } from '@minga/api-client'
import { useQuery } from '@tanstack/react-query'
import {
  isQuiet,
  useLedgerAccount,
  useTrialBalance,
  LEDGER,
  type BalanceRow,
  type TrialBalance,
} from '../accounting/ledger'
import { useClient } from '../app/context'

type Money = BalanceRow['closing']

const DEPOSITS_ROLE = 'member_deposits'

/** The amount without its sign: liabilities are kept as negative in a ledger of debits. */
export const unsigned = (money: Money): Money => ({
  ...money,
  amount: money.amount.replace(/^-/, ''),
})

const isCredit = (money: Money) => decimalParts(money.amount).negative

export type Product = { code: string; name: string; balance: Money; debits: Money; credits: Money }

/** What members hold, by product account, with what came in and went out on the day. */
export function productsOf(balance: TrialBalance, under: string): Product[] {
  return balance.items
    .filter((row) => row.postable && row.code.startsWith(under) && !isQuiet(row))
    .map((row) => ({
      code: row.code,
      name: row.name,
      balance: isCredit(row.closing) ? unsigned(row.closing) : { ...row.closing, amount: '0' },
      debits: row.debits,
      credits: row.credits,
    }))
}

/** The classes of the chart with their balances: assets, liabilities, equity, … */
export function classesOf(balance: TrialBalance): BalanceRow[] {
  return balance.items.filter((row) => row.level === 1 && !isQuiet(row))
}

/** The books of a day, and the account under which members' deposits are kept: null until it is known. */
export function useDay(date: string) {
  const client = useClient()
  const balance = useTrialBalance({ date, from: date }, date !== '')
  const role = useQuery({
    queryKey: [...LEDGER, 'roles'],
    staleTime: 10 * 60_000,
    queryFn: () => unwrap(client.GET('/accounting/roles', { params: { query: {} } })),
    select: (answer) => answer.items.find((one) => one.role === DEPOSITS_ROLE)?.account ?? '',
  })
  const account = useLedgerAccount(role.data ?? '')
  const awaited = role.isPending || account.isLoading
  return { balance, under: awaited ? null : (account.data?.parent ?? role.data ?? '') }
}
