import { matchPath } from 'react-router'
import { useMay } from './me'
import { ROUTES } from './routes'

/** Where the console shows what an id names, by the prefix of the id. */
const PLACES: Record<string, string> = {
  dep: '/deposits/accounts/',
  ent: '/accounting/entries/',
  pty: '/parties/',
  run: '/closing/',
  usr: '/users/',
  vou: '/accounting/vouchers/',
}
const ID = /^([a-z][a-z0-9]+)_[\w-]+$/
const VERSION = /^([\w.]+)~(.+)~([^~]*)~\d+$/

/**
 * The page on what an id names: `dep_01…` an account, `kind~code~scope~number` a version of a
 * parameter set. Null where the console has none.
 */
export function placeOf(id: string): string | null {
  const [, prefix = ''] = ID.exec(id) ?? []
  const place = PLACES[prefix]
  if (place !== undefined) return place + id
  const [, kind, code, scope] = VERSION.exec(id) ?? []
  if (kind === undefined || code === undefined) return null
  const query = new URLSearchParams({ scope: scope ?? '', tab: 'versions' })
  return `/parameters/${kind}/${encodeURIComponent(code)}?${query}`
}

/** `placeOf`, for pages that the reader may open. */
export function useWayTo(): (id: string) => string | null {
  const may = useMay()
  return (id) => {
    const place = placeOf(id)
    const path = place?.split('?')[0] ?? ''
    const route = ROUTES.find((one) => matchPath(one.path, path))
    return route && may(...route.needs) ? place : null
  }
}
