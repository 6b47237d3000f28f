import './console.css'
import { createApi } from '@minga/api-client'
import { Texts } from '@minga/i18n'
import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import spanish from '../texts/es'
import { App } from './app/app'
import { createQueries } from './app/queries'

async function start() {
  const texts = await Texts.start({
    base: spanish,
    sources: { en: () => import('../texts/en').then((module) => module.default) },
  })
  const api = createApi({ audience: 'staff', language: () => texts.language })
  const root = document.getElementById('root')
  if (root === null) throw new Error('index.html has no #root')
  createRoot(root).render(
    <StrictMode>
      <App api={api} texts={texts} queries={createQueries(api.session)} />
    </StrictMode>,
  )
}

// A page kept whole by the browser must not come back with what its reader has since closed.
window.addEventListener('pageshow', (event) => {
  if (event.persisted) window.location.reload()
})

void start()
