import { createApi } from '@minga/api-client'
import { Texts } from '@minga/i18n'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import spanish from '../texts/es.json'
import { App } from './app/app'
import { keepShell } from './app/shell'
import { createQueries } from './app/queries'
import { warmCode, warmData } from './app/warm'

async function start() {
  const texts = await Texts.start({
    base: spanish,
    sources: { en: () => import('../texts/en.json').then((module) => module.default) },
  })
  const api = createApi({ audience: 'member', language: () => texts.language })
  const queries = createQueries(api.session)
  const { pathname } = window.location
  if (api.session.snapshot().status === 'active') {
    void api.session.token().catch(() => undefined)
    warmData(api, queries, texts.language, pathname)
    warmCode(pathname)
  }
  const root = document.getElementById('root')
  if (root === null) throw new Error('index.html has no #root')
  createRoot(root).render(
    <StrictMode>
      <App api={api} texts={texts} queries={queries} />
    </StrictMode>,
  )
}

// A page kept whole by the browser must not come back with what its reader has since closed.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) window.location.reload()
})

void start()
keepShell()
