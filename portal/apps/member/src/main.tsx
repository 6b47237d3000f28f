import { Texts } from '@minga/i18n'
import { startTransition, StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import spanish from '../texts/es.json'
import type { Ahead } from './ahead'
import { App } from './app/app'
import { createQueries } from './app/queries'
import { keepShell } from './app/shell'
import { warmData } from './app/warm-data'

/** Opens the portal with what was asked for ahead, when the code of the first page is there. */
export async function start(ahead: Ahead, code: Promise<unknown>): Promise<void> {
  const { api, language } = ahead
  const queries = createQueries(api.session)
  warmData(ahead, queries)
  const [texts] = await Promise.all([
    Texts.start({
      base: spanish,
      sources: { en: () => import('../texts/en.json').then((module) => module.default) },
      language,
    }),
    code,
  ])
  ahead.follow(() => texts.language)
  const root = document.getElementById('root')
  if (root === null) throw new Error('index.html has no #root')
  // As a transition the first page is drawn piece by piece, and a press is answered meanwhile.
  startTransition(() =>
    createRoot(root).render(
      <StrictMode>
        <App api={api} texts={texts} queries={queries} />
      </StrictMode>,
    ),
  )
}

// A page kept whole by the browser must not come back with what its reader has since closed.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) window.location.reload()
})

keepShell()
