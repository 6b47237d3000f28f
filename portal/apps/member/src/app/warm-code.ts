import type { ComponentType } from 'react'

/** The page of one account. */
export const ACCOUNT = /^\/accounts\/([^/]+)$/

/** A page whose code comes on its own. */
export type FetchedPage = {
  load: () => Promise<{ default: ComponentType }>
  /** The page itself, once its code has come. */
  here: ComponentType | null
}

export const accountPage: FetchedPage = {
  load: async () => {
    const module = await import('../accounts/account-page')
    accountPage.here = module.default
    return module
  },
  here: null,
}

/** Fetches the code of the page in the address while the portal itself is on its way. */
export function warmCode(pathname: string): Promise<unknown> {
  return ACCOUNT.test(pathname) ? accountPage.load().catch(() => undefined) : Promise.resolve()
}
