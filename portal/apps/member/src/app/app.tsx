import { unwrap } from '@minga/api-client'
import { TextsProvider, type Texts } from '@minga/i18n'
import { LeanUiProvider, type LinkProps } from '@minga/ui'
import { QueryClientProvider, type QueryClient } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import { BrowserRouter, Link } from 'react-router'
import { TenantGate } from '../tenant/tenant-gate'
import type { Tenant } from '../tenant/ask'
import { UNKNOWN_TENANT, useTenantChoice } from '../tenant/tenant'
import { PortalContext, useSessionState, type MemberApi } from './context'
import { Pages } from './pages'

function RouterLink(props: LinkProps) {
  return <Link {...props} />
}

export type AppProps = {
  api: MemberApi
  texts: Texts
  queries: QueryClient
  env?: 'default' | 'test'
}

export function App({ queries, ...props }: AppProps) {
  return (
    <QueryClientProvider client={queries}>
      <BrowserRouter>
        <Portal {...props} />
      </BrowserRouter>
    </QueryClientProvider>
  )
}

function Portal({ api, texts, env }: Omit<AppProps, 'queries'>) {
  const choice = useTenantChoice(api)
  const tenant = choice.tenant ?? UNKNOWN_TENANT
  const saveLanguage = useSavedLanguage(api, texts)
  return (
    <TextsProvider
      texts={texts}
      locale={tenant.locale}
      offered={tenant.languages}
      onChoose={saveLanguage}
    >
      <LeanUiProvider
        branding={tenant.branding}
        institution={tenant.name}
        link={RouterLink}
        {...(env === undefined ? {} : { env })}
      >
        <TenantGate choice={choice} api={api}>
          {(known: Tenant) => (
            <Inside api={api} texts={texts} tenant={known} leave={choice.leave} />
          )}
        </TenantGate>
      </LeanUiProvider>
    </TextsProvider>
  )
}

type InsideProps = { api: MemberApi; texts: Texts; tenant: Tenant; leave: () => void }

function Inside({ api, texts, tenant, leave }: InsideProps) {
  const portal = useMemo(
    () => ({ api, texts, tenant, leaveTenant: leave }),
    [api, texts, tenant, leave],
  )
  return (
    <PortalContext value={portal}>
      <Pages />
    </PortalContext>
  )
}

/** The texts on these pages, by how their keys begin. */
const OWN_TEXTS = 'member.,ui.,simulator.'

/** The tenant's own wording of these pages, put on at once; nothing where the shipped texts must do. */
function wordingOf(api: MemberApi, language: string): Promise<Record<string, string>> {
  return unwrap(
    api.client.GET('/platform/texts/{language}', {
      params: { path: { language }, query: { prefix: OWN_TEXTS } },
    }),
  ).catch(() => ({}))
}

/** Keeps language and wording in step with who is signed in. */
function useSavedLanguage(api: MemberApi, texts: Texts) {
  const state = useSessionState(api.session)
  const signedIn = state.status === 'active'
  const preferred = signedIn ? state.profile.user.language : null

  useEffect(() => {
    if (preferred !== null && !texts.hasChoice()) void texts.use(preferred)
  }, [preferred, texts])

  useEffect(() => {
    if (!signedIn) return
    const worn = new Set<string>()
    const wear = (language: string) => {
      if (worn.has(language)) return
      worn.add(language)
      void wordingOf(api, language).then((wording) => {
        if (Object.keys(wording).length > 0) texts.override(language, wording)
      })
    }
    wear(texts.language)
    return texts.onLanguage(wear)
  }, [signedIn, api, texts])

  return useCallback(
    (language: string) => {
      if (api.session.snapshot().status !== 'active') return
      api.session.updateUser({ language })
      void api.client.PUT('/platform/me/language', { body: { language } }).catch(() => undefined)
    },
    [api],
  )
}
