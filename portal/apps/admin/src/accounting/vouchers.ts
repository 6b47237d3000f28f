import { unwrap } from '@minga/api-client'
import { useIntention } from '@minga/ui'
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { carryOut, type Answer, type Asked } from '../app/answers'
import { useClient } from '../app/context'
import { OWN } from '../app/queries'
import { renewing } from '../app/renewing'
import { LEDGER } from './ledger'

export type Voucher = Answer<'/accounting/vouchers/{id}'>
export type NewVoucher = Asked<'/accounting/vouchers'>
export type VoucherState = Voucher['state']
export type VoucherSearch = {
  branch?: string
  number?: string
  state?: VoucherState
  from?: string
  to?: string
}

export const STATES: VoucherState[] = [
  'draft',
  'pending_authorisation',
  'authorised',
  'applied',
  'reversed',
  'rejected',
]

export function useVouchers(query: VoucherSearch) {
  const client = useClient()
  return useInfiniteQuery({
    queryKey: [...LEDGER, 'vouchers', query],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      unwrap(
        client.GET('/accounting/vouchers', {
          params: { query: { ...query, ...(cursor === undefined ? {} : { cursor }) } },
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: (previous) => previous,
  })
}

export function useVoucher(id: string) {
  const client = useClient()
  return useQuery({
    queryKey: [...LEDGER, 'voucher', id],
    queryFn: () => unwrap(client.GET('/accounting/vouchers/{id}', { params: { path: { id } } })),
  })
}

export type VoucherAct =
  | { act: 'capture'; body: NewVoucher }
  | { act: 'submit'; id: string }
  | { act: 'decide'; id: string; decision: 'approve' | 'reject'; reason: string }
  | { act: 'reverse'; id: string; reason: string }

/** Capture, submit, authorise or reject, reverse. */
export function useVoucherAct() {
  const client = useClient()
  const queries = useQueryClient()
  const { key, renew } = useIntention()
  return useMutation({
    mutationFn: (asked: VoucherAct): Promise<Voucher> => {
      const header = { 'Idempotency-Key': key }
      if (asked.act === 'capture')
        return carryOut(
          client.POST('/accounting/vouchers', { params: { header }, body: asked.body }),
        )
      const params = { path: { id: asked.id }, header }
      if (asked.act === 'submit')
        return carryOut(client.POST('/accounting/vouchers/{id}/submissions', { params }))
      if (asked.act === 'reverse')
        return carryOut(
          client.POST('/accounting/vouchers/{id}/reversals', {
            params,
            body: { reason: asked.reason },
          }),
        )
      return carryOut(
        client.POST('/accounting/vouchers/{id}/authorisations', {
          params,
          body: { decision: asked.decision, reason: asked.reason },
        }),
      )
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: [OWN] }),
    onSettled: renewing(renew),
  })
}
