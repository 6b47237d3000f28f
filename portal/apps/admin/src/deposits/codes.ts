import { unwrap } from '@minga/api-client'
import { useQuery } from '@tanstack/react-query'
import { useClient } from '../app/context'
import { useMay } from '../app/me'
import { OWN } from '../app/queries'
import type { MoneyAct } from './posting'

const STALE_MILLIS = 5 * 60_000

/** A transaction code as the desk needs it. */
export type TransactionCode = {
  code: string
  name: string
  /** Whether its money is that of a cheque, to be used once it has cleared. */
  cheque: boolean
  backdatable: boolean
}

const OPERATIONS: Record<MoneyAct, readonly string[]> = {
  deposit: ['cash_deposit', 'cheque_deposit'],
  withdraw: ['cash_withdrawal'],
  transfer: [],
}

/** The codes under which tellers take or pay money, for whoever may read parameters. */
export function useDeskCodes(act: MoneyAct) {
  const client = useClient()
  const may = useMay()
  return useQuery({
    queryKey: [OWN, 'transaction_codes'],
    enabled: may('platform.read_parameters'),
    staleTime: STALE_MILLIS,
    queryFn: () =>
      unwrap(
        client.GET('/platform/parameters/{kind}', {
          params: { path: { kind: 'deposits.transaction_code' }, query: {} },
        }),
      ),
    select: (answer) =>
      answer.items
        .filter(({ state, body }) => state === 'effective' && atDesk(body, OPERATIONS[act]))
        .map(({ code, label, body }): TransactionCode => ({
          code,
          name: label,
          cheque: body.operation === 'cheque_deposit',
          backdatable: body.backdatable === true,
        })),
  })
}

function atDesk(body: Record<string, unknown>, operations: readonly string[]): boolean {
  const channels = Array.isArray(body.channels) ? body.channels : []
  return (
    body.active !== false &&
    channels.includes('teller') &&
    operations.includes(String(body.operation))
  )
}
