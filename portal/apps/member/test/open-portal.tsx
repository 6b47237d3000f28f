import { createApi } from '@minga/api-client'
import { Texts } from '@minga/i18n'
import { createMockApi, memberRoutes, type MockRoute } from '@minga/mock-api'
import { render, screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { App } from '../src/app/app'
import { createQueries } from '../src/app/queries'
import english from '../texts/en.json'
import spanish from '../texts/es.json'

/** The whole portal against the pretended API, opened at an address. */
export async function openPortal(address: string, routes: MockRoute[] = memberRoutes) {
  window.history.replaceState(null, '', address)
  const asked: string[] = []
  const answer = createMockApi(routes)
  const texts = await Texts.start({
    base: spanish,
    sources: { en: () => Promise.resolve(english) },
    language: 'es',
  })
  const api = createApi({
    audience: 'member',
    language: () => texts.language,
    fetch: (request) => {
      const { pathname, search } = new URL(request.url)
      asked.push(`${request.method} ${pathname}${search}`)
      return answer(request)
    },
  })
  render(<App api={api} texts={texts} queries={createQueries(api.session)} env="test" />)
  return { api, asked }
}

export async function signIn(username = 'maria', password = 'Chakana-2026') {
  await userEvent.type(await screen.findByLabelText('Usuario'), username)
  await userEvent.type(screen.getByLabelText('Contraseña'), password)
  await userEvent.click(screen.getByRole('button', { name: 'Entrar' }))
}
