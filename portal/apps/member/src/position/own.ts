import { unwrap, type Model } from '@minga/api-client'
import type { IconName } from '@minga/ui'
import {
  infiniteQueryOptions,
  queryOptions,
  useInfiniteQuery,
  useQuery,
} from '@tanstack/react-query'
import { usePortal, type MemberApi } from '../app/context'
import { askMovements, askPosition, type Range } from './ask'

export type Account = Model<'MemberAccount'>
export type Movement = Model<'MemberMovement'>
export type IssuedStatement = Model<'IssuedDocument'>

/** Kinds of product in the order they are shown. */
export const KINDS: { kind: string; icon: IconName }[] = [
  { kind: 'savings', icon: 'savings' },
  { kind: 'checking', icon: 'bank' },
  { kind: 'contributions', icon: 'people' },
  { kind: 'term_deposit', icon: 'sprout' },
  { kind: 'loan', icon: 'loan' },
]

const USABLE = new Set(['savings', 'checking'])

export const isOwed = (account: Account) => account.nature === 'owed'
/** What of an account is the member's: the totals count no more of a joint one. */
export const ownAmount = (account: Account) => account.share ?? account.ledger
/** Whether money can be taken out at any time, so that "available" means something. */
export const isUsable = (account: Account) => USABLE.has(account.kind)

/** The page that says more of a product; null where there is none. */
export function pageOf({ application, id }: Account): string | null {
  if (application === 'deposits') return `/accounts/${id}`
  return application === 'term_deposits' ? `/term-deposits/${id}` : null
}

/** The product's texts come in the reader's language, so the language is part of every key. */
const own = (language: string, ...rest: unknown[]) => ['own', language, ...rest]

export const positionQuery = (api: MemberApi, language: string) =>
  queryOptions({
    queryKey: own(language, 'position'),
    queryFn: () => askPosition(api),
  })

export function usePosition() {
  const { api, texts } = usePortal()
  return useQuery({
    ...positionQuery(api, texts.language),
    placeholderData: (previous) => previous,
  })
}

/** Movements between two dates; without them those of the month until the business date. */
export const movementsQuery = (api: MemberApi, language: string, id: string, range: Range | null) =>
  infiniteQueryOptions({
    queryKey: own(language, 'movements', id, range),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam: cursor }) => askMovements(api, id, range, cursor),
    getNextPageParam: (page) => page.next_cursor,
  })

export function useMovements(id: string, range: Range | null, enabled: boolean) {
  const { api, texts } = usePortal()
  return useInfiniteQuery({
    ...movementsQuery(api, texts.language, id, range),
    enabled,
    placeholderData: (previous) => previous,
  })
}

/** The statements that the ends of cycles issued for an account, the latest first. */
export function useIssuedStatements(id: string) {
  const { api, texts } = usePortal()
  return useQuery({
    queryKey: own(texts.language, 'statements', id),
    queryFn: () =>
      unwrap(
        api.client.GET('/member_portal/accounts/{account_id}/statements', {
          params: { path: { account_id: id } },
        }),
      ),
    select: (answer) => answer.items,
  })
}

/** All but the last digits: enough to recognise, too little to copy. */
export function maskNumber(number: string): string {
  return `···· ${number.replace(/\D/g, '').slice(-4)}`
}
