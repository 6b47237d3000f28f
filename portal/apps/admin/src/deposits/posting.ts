import { useIntention } from '@minga/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { carryOut, settle, type Answer, type Settled } from '../app/answers'
import { useClient } from '../app/context'
import { OWN } from '../app/queries'
import type { Receipt } from './accounts'

export type MoneyAct = 'deposit' | 'withdraw' | 'transfer'
export type Reversal = Answer<'/deposits/transactions/{entry_id}/reversals', 'post'>

export type Instruction = {
  act: MoneyAct
  account: string
  /** The other account of a transfer. */
  to: string
  amount: string
  currency: string
  narrative: string
  code: string
  /** An earlier date from which it counts for interest; empty for today. */
  valueDate: string
  /** Ids of the cautions of its accounts that were read. */
  acknowledged: string[]
}

/** Moves money. The key of an instruction stays while it is tried again. */
export function usePosting() {
  const client = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({
      asked,
      key,
    }: {
      asked: Instruction
      key: string
    }): Promise<Settled<Receipt>> => {
      const { account, to, narrative, code } = asked
      const read = { acknowledged_cautions: asked.acknowledged }
      const amount = { amount: asked.amount, currency: asked.currency }
      const header = { 'Idempotency-Key': key }
      const params = { path: { account_id: account }, header }
      const body = { amount, narrative, code, value_date: asked.valueDate || null, ...read }
      if (asked.act === 'deposit')
        return settle(client.POST('/deposits/accounts/{account_id}/deposits', { params, body }))
      if (asked.act === 'withdraw')
        return settle(
          client.POST('/deposits/accounts/{account_id}/withdrawals', {
            params,
            body: { ...body, beyond_limits: false },
          }),
        )
      return settle(
        client.POST('/deposits/transfers', {
          params: { header },
          body: { from_account: account, to_account: to, amount, narrative, code, ...read },
        }),
      )
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: [OWN] }),
  })
}

/** Orders a transfer for the start of a later day. */
export function useScheduling() {
  const client = useClient()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ asked, date, key }: { asked: Instruction; date: string; key: string }) =>
      carryOut(
        client.POST('/deposits/scheduled-transfers', {
          params: { header: { 'Idempotency-Key': key } },
          body: {
            from_account: asked.account,
            to_account: asked.to,
            amount: { amount: asked.amount, currency: asked.currency },
            narrative: asked.narrative,
            code: asked.code,
            acknowledged_cautions: asked.acknowledged,
            date,
          },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: [OWN] }),
  })
}

/** Undoes a transaction by its mirror, for a reason that is kept. */
export function useReversing() {
  const client = useClient()
  const queries = useQueryClient()
  const { key, renew } = useIntention()
  const reversing = useMutation({
    mutationFn: ({
      entry,
      reason,
    }: {
      entry: string
      reason: string
    }): Promise<Settled<Reversal>> =>
      settle(
        client.POST('/deposits/transactions/{entry_id}/reversals', {
          params: { path: { entry_id: entry }, header: { 'Idempotency-Key': key } },
          body: { reason },
        }),
      ),
    onSuccess: async () => {
      renew()
      await queries.invalidateQueries({ queryKey: [OWN] })
    },
  })
  const reverse = (entry: string, reason: string, onDone: (settled: Settled<Reversal>) => void) =>
    reversing.mutate({ entry, reason }, { onSuccess: onDone })
  return { reversing, reverse }
}
