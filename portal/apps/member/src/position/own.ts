import { unwrap, type Model } from '@minga/api-client'
import { sumAmounts, type MoneyText } from '@minga/i18n'
import type { IconName } from '@minga/ui'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { usePortal } from '../app/context'

export type Account = Model<'MemberAccount'>
export type Movement = Model<'MemberMovement'>
export type IssuedStatement = Model<'IssuedDocument'>
export type Range = { from: string; to: string }

/** Kinds of product in the order they are shown. */
export const KINDS: { kind: string; icon: IconName; owed?: boolean }[] = [
  { kind: 'savings', icon: 'savings' },
  { kind: 'checking', icon: 'bank' },
  { kind: 'contributions', icon: 'people' },
  { kind: 'term_deposit', icon: 'sprout' },
  { kind: 'loan', icon: 'loan', owed: true },
]

const OWED = new Set(KINDS.filter(({ owed }) => owed).map(({ kind }) => kind))
const USABLE = new Set(['savings', 'checking'])
/** As many movements as come at once. */
const PAGE = 50

export const isOwed = (account: Account) => OWED.has(account.kind)
/** Whether money can be taken out at any time, so that "available" means something. */
export const isUsable = (account: Account) => USABLE.has(account.kind)

/** The product's texts come in the reader's language, so the language is part of every key. */
const own = (language: string, ...rest: unknown[]) => ['own', language, ...rest]

export function usePosition() {
  const { api, texts } = usePortal()
  return useQuery({
    queryKey: own(texts.language, 'position'),
    queryFn: () => unwrap(api.client.GET('/member_portal/position')),
    placeholderData: (previous) => previous,
  })
}

export function useMovements(id: string, range: Range | null) {
  const { api, texts } = usePortal()
  return useInfiniteQuery({
    queryKey: own(texts.language, 'movements', id, range),
    enabled: range !== null,
    initialPageParam: null as string | null,
    queryFn: ({ pageParam: cursor }) => {
      const period = range ?? { from: '', to: '' }
      const page = cursor === null ? {} : { cursor }
      const query = { ...period, order: 'newest' as const, limit: PAGE, ...page }
      return unwrap(
        api.client.GET('/member_portal/accounts/{account_id}/movements', {
          params: { path: { account_id: id }, query },
        }),
      )
    },
    getNextPageParam: (page) => page.next_cursor,
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

/** What is owed in one currency; null when nothing is. */
export function owedIn(currency: string, accounts: Account[]): MoneyText | null {
  const owed = accounts.filter((account) => isOwed(account) && account.ledger.currency === currency)
  if (owed.length === 0) return null
  return { amount: sumAmounts(owed.map((account) => account.ledger.amount)), currency }
}

/** What is held in one currency. */
export function heldIn(currency: string, accounts: Account[]): MoneyText {
  const held = accounts.filter((account) => !isOwed(account))
  const amounts = held.map(({ ledger }) => ledger).filter((ledger) => ledger.currency === currency)
  return { amount: sumAmounts(amounts.map((ledger) => ledger.amount)), currency }
}

/** All but the last digits: enough to recognise, too little to copy. */
export function maskNumber(number: string): string {
  return `···· ${number.replace(/\D/g, '').slice(-4)}`
}
