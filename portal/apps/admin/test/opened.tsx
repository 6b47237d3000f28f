import { createApi } from '@minga/api-client'
import { Texts } from '@minga/i18n'
import { createMockApi, type MockPerson, type MockRoute } from '@minga/mock-api'
import { render } from '@testing-library/react'
import { App } from '../src/app/app'
import { createQueries } from '../src/app/queries'
import spanish from '../texts/es'

type Call = { call: string; query: Record<string, string>; body: unknown }

/** The whole console against the pretended API, signed in and opened at an address. */
export async function opened(
  address: string,
  routes: MockRoute[],
  person: Pick<MockPerson, 'tenant' | 'username' | 'password'>,
  language = 'es',
) {
  window.history.replaceState(null, '', `/admin${address}`)
  const asked: Call[] = []
  const answer = createMockApi(routes)
  const texts = await Texts.start({
    base: spanish,
    sources: { en: () => import('../texts/en').then((module) => module.default) },
    language,
  })
  const api = createApi({
    audience: 'staff',
    language: () => texts.language,
    fetch: async (request) => {
      const { pathname, searchParams } = new URL(request.url)
      const text = await request.clone().text()
      asked.push({
        call: `${request.method} ${pathname.replace('/api/v1', '')}`,
        query: Object.fromEntries(searchParams),
        body: text === '' ? null : (JSON.parse(text) as unknown),
      })
      return answer(request)
    },
  })
  const { tenant, username, password } = person
  await api.session.signIn({ tenant, username, password }, false)
  const { unmount } = render(
    <App api={api} texts={texts} queries={createQueries(api.session)} env="test" />,
  )
  const sent = (call: string) => asked.find((one) => one.call === call)?.body
  const last = (call: string) => asked.findLast((one) => one.call === call)?.body
  return { asked, sent, last, unmount }
}
