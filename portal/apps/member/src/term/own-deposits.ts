import { unwrap, type Model } from '@minga/api-client'
import { useQuery } from '@tanstack/react-query'
import { usePortal } from '../app/context'

export type TermDeposit = Model<'MemberTermDeposit'>
export type TermDepositDetail = Model<'MemberTermDepositDetail'>
export type TermPayment = Model<'MemberPayment'>

/** The member's active term deposits, the next to mature first. */
export function useTermDeposits() {
  const { api, texts } = usePortal()
  return useQuery({
    queryKey: ['own', texts.language, 'term-deposits'],
    queryFn: () => unwrap(api.client.GET('/member_portal/term-deposits')),
    select: (answer) => answer.items,
    placeholderData: (previous) => previous,
  })
}

export function useTermDeposit(id: string) {
  const { api, texts } = usePortal()
  return useQuery({
    queryKey: ['own', texts.language, 'term-deposit', id],
    queryFn: () =>
      unwrap(
        api.client.GET('/member_portal/term-deposits/{deposit_id}', {
          params: { path: { deposit_id: id } },
        }),
      ),
    placeholderData: (previous) => previous,
  })
}

/** Interest to six decimals as an amount of the deposit's currency, cut to whole cents: never more than was earned. */
export function earned({ accrued_interest: text, principal }: TermDeposit, decimals: number) {
  const [whole = '0', fraction = ''] = text.split('.')
  const kept = fraction.padEnd(decimals, '0').slice(0, decimals)
  return { amount: decimals > 0 ? `${whole}.${kept}` : whole, currency: principal.currency }
}
