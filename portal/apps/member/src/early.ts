import { openLocale } from '@minga/i18n/open-locale'
import { askAhead } from './ahead'
import { pause } from './app/pause'
import { warmCode } from './app/warm-code'

/* The first script of the page: small, so that the API is asked while the rest is still being fetched. */
const { pathname } = window.location
const ahead = askAhead(pathname)
const code = warmCode(pathname)
const { locale } = ahead
if (locale !== null) window.setTimeout(() => openLocale(locale))
void import('./main').then(async ({ start }) => {
  await pause()
  await start(ahead, code)
})
