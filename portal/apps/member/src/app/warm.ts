import type { QueryClient } from '@tanstack/react-query'
import { movementsQuery, positionQuery } from '../position/own'
import type { MemberApi } from './context'

export const accountPage = () => import('../accounts/account-page')

const ACCOUNT = /^\/accounts\/([^/]+)$/

/** Fetches the code of the page in the address while the portal itself starts. */
export function warmCode(pathname: string): void {
  if (ACCOUNT.test(pathname)) accountPage().catch(() => undefined)
}

/** Asks for what the page in the address will show, before the page is there to ask. */
export function warmData(
  api: MemberApi,
  queries: QueryClient,
  language: string,
  pathname: string,
): void {
  const [, account] = ACCOUNT.exec(pathname) ?? []
  if (pathname !== '/' && account === undefined) return
  void queries.prefetchQuery(positionQuery(api, language))
  if (account !== undefined)
    void queries.prefetchInfiniteQuery(movementsQuery(api, language, account, null))
}
