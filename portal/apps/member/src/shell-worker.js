/* Keeps the portal's shell (page, scripts, styles, icons) for a quick start and for no network.
   The API is never answered from here and nothing of it is ever kept. */
const CACHE = 'minga-shell-__SHELL_VERSION__'
const FILES = ['/', '/manifest.webmanifest', '/icon.svg', ...JSON.parse('__SHELL_FILES__')]

self.addEventListener('install', (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.addAll(FILES)))
  self.skipWaiting()
})

self.addEventListener('activate', (event) => {
  const old = (name) => name.startsWith('minga-shell-') && name !== CACHE
  event.waitUntil(
    caches
      .keys()
      .then((names) => Promise.all(names.filter(old).map((name) => caches.delete(name))))
      .then(() => self.clients.claim()),
  )
})

/* Hosts answer with Vary: Origin, which says nothing of files that are alike for everybody. */
const kept = (request) => caches.match(request, { ignoreVary: true })

const isOurs = ({ origin, pathname }) =>
  origin === self.location.origin && !/^\/(api|admin)(\/|$)/.test(pathname)

self.addEventListener('fetch', (event) => {
  const { request } = event
  const url = new URL(request.url)
  if (request.method !== 'GET' || !isOurs(url)) return
  if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch(() => kept('/')))
  } else if (url.pathname.startsWith('/assets/')) {
    event.respondWith(kept(request).then((found) => found ?? fetch(request)))
  } else {
    event.respondWith(fetch(request).catch(async () => (await kept(request)) ?? Response.error()))
  }
})
