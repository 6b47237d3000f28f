import { unwrap } from '@minga/api-client'
import { BASE_LANGUAGE, TextsProvider, type Catalogue, type Texts } from '@minga/i18n'
import { UiProvider, type LinkProps } from '@minga/ui'
import { QueryClientProvider, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import { BrowserRouter, Link } from 'react-router'
import { useTenantChoice } from '../access/tenant'
import { ConsoleContext, useSessionState, type StaffApi } from './context'
import { Pages } from './pages'
import { OWN } from './queries'

function RouterLink(props: LinkProps) {
  return <Link {...props} />
}

export type AppProps = {
  api: StaffApi
  texts: Texts
  queries: QueryClient
  env?: 'default' | 'test'
}

export function App({ queries, ...props }: AppProps) {
  return (
    <QueryClientProvider client={queries}>
      <BrowserRouter basename="/admin">
        <Console {...props} />
      </BrowserRouter>
    </QueryClientProvider>
  )
}

function Console({ api, texts, env }: Omit<AppProps, 'queries'>) {
  const { code, tenant, unknown, choose } = useTenantChoice(api)
  const saveLanguage = useSavedLanguage(api, texts)
  const leaveTenant = useCallback(() => choose(''), [choose])
  const known = unknown ? '' : code
  const console = useMemo(
    () => ({ api, texts, tenant: known, leaveTenant }),
    [api, texts, known, leaveTenant],
  )
  return (
    <TextsProvider
      texts={texts}
      locale={tenant.locale}
      offered={tenant.languages}
      onChoose={saveLanguage}
    >
      <UiProvider
        branding={tenant.branding}
        institution={tenant.name}
        link={RouterLink}
        {...(env === undefined ? {} : { env })}
      >
        <ConsoleContext value={console}>
          <Pages onTenant={choose} />
        </ConsoleContext>
      </UiProvider>
    </TextsProvider>
  )
}

const OWN_TEXTS = 'admin.,ui.,simulator.'

/** The cooperative's wording of the console's texts, without what only fell back to Spanish. */
async function wordingOf(api: StaffApi, language: string): Promise<Catalogue> {
  const ask = (tag: string): Promise<Catalogue> =>
    unwrap(
      api.client.GET('/platform/texts/{language}', {
        params: { path: { language: tag }, query: { prefix: OWN_TEXTS } },
      }),
    )
  const words = await ask(language)
  if (language === BASE_LANGUAGE || Object.keys(words).length === 0) return words
  const fallback = await ask(BASE_LANGUAGE)
  return Object.fromEntries(Object.entries(words).filter(([key, text]) => fallback[key] !== text))
}

/** Keeps language and wording in step with who is signed in. */
function useSavedLanguage(api: StaffApi, texts: Texts) {
  const queries = useQueryClient()
  const state = useSessionState(api.session)
  const signedIn = state.status === 'active'
  const preferred = signedIn ? state.profile.user.language : null

  useEffect(() => {
    if (preferred !== null && preferred !== '' && !texts.hasChoice()) void texts.use(preferred)
  }, [preferred, texts])

  useEffect(() => {
    if (!signedIn) return
    const wear = (language: string) => {
      wordingOf(api, language)
        .then((wording) => texts.override(language, wording))
        .catch(() => undefined) // the shipped texts are good enough
    }
    wear(texts.language)
    return texts.onLanguage((language) => {
      wear(language)
      void queries.invalidateQueries({ queryKey: [OWN] }) // labels come from the API in its language
    })
  }, [signedIn, api, texts, queries])

  return useCallback(
    (language: string) => {
      if (api.session.snapshot().status !== 'active') return
      api.session.updateUser({ language })
      void api.client.PUT('/platform/me/language', { body: { language } }).catch(() => undefined)
    },
    [api],
  )
}
