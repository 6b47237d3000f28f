import { createApi } from '@minga/api-client'
import { firstLanguage } from '@minga/i18n/first-language'
import type { MemberApi } from './app/context'
import { ACCOUNT } from './app/warm-code'
import { askMovements, askPosition } from './position/ask'
import { askBranding, firstCode, keptBranding } from './tenant/ask'

/** Languages that the portal's own texts come in, beside Spanish. */
const LANGUAGES = ['en']

/** What was asked for before the portal was there to ask; null where the first page shows none of it. */
export type Ahead = {
  api: MemberApi
  /** What it was asked for in, and what the portal begins in. */
  language: string
  /** The cooperative's, where somebody is signed in whose figures are about to be shown. */
  locale: string | null
  /** From now on the API is asked in the language that this says. */
  follow: (language: () => string) => void
  branding: { code: string; answer: ReturnType<typeof askBranding> } | null
  position: ReturnType<typeof askPosition> | null
  movements: { account: string; answer: ReturnType<typeof askMovements> } | null
}

/** Whoever takes the answer later hears of its failure; until then nobody has missed it. */
function begun<T>(answer: Promise<T>): Promise<T> {
  answer.catch(() => undefined)
  return answer
}

/** Renews the session and asks for what the page in the address shows, while libraries are fetched. */
export function askAhead(pathname: string): Ahead {
  let reading = () => language
  const api = createApi({ audience: 'member', language: () => reading() })
  const state = api.session.snapshot()
  const profile = state.status === 'anonymous' ? null : state.profile
  const language = firstLanguage(LANGUAGES, profile?.user.language)
  const code = profile?.tenant.code ?? firstCode()
  const active = state.status === 'active'
  const account = active ? ACCOUNT.exec(pathname)?.[1] : undefined
  const own = active && (pathname === '/' || account !== undefined)
  if (active) void begun(api.session.token())
  return {
    api,
    language,
    locale: active ? (keptBranding(code)?.locale ?? null) : null,
    follow: (next) => {
      reading = next
    },
    branding: code === null ? null : { code, answer: begun(askBranding(api, code)) },
    position: own ? begun(askPosition(api)) : null,
    movements:
      account === undefined
        ? null
        : { account, answer: begun(askMovements(api, account, null, null)) },
  }
}
