import { createMockApi, memberRoutes } from '@minga/mock-api'
import { beforeEach, expect, test, vi } from 'vitest'
import { askAhead } from '../src/ahead'
import { createQueries } from '../src/app/queries'
import { warmData } from '../src/app/warm-data'
import { positionQuery } from '../src/position/own'
import { brandingQuery } from '../src/tenant/tenant'

const BRANDING = 'GET /api/v1/platform/tenants/chakana/branding'
const TOKEN = 'POST /api/v1/member_portal/tokens'
const POSITION = 'GET /api/v1/member_portal/position'

let asked: string[] = []
let languages: (string | null)[] = []
/** Calls that find no network, once each. */
let lost: string[] = []

beforeEach(() => {
  asked = []
  languages = []
  lost = []
  const answer = createMockApi(memberRoutes)
  vi.spyOn(window, 'fetch').mockImplementation(async (input) => {
    const request = input as Request
    const { pathname } = new URL(request.url)
    asked.push(`${request.method} ${pathname}`)
    languages.push(request.headers.get('Accept-Language'))
    if (lost.includes(asked.at(-1) ?? '')) {
      lost = lost.filter((call) => call !== asked.at(-1))
      throw new TypeError('no network')
    }
    return answer(request)
  })
})

/** Somebody who asked this device to remember them, as the next visit finds it. */
async function remembered(): Promise<void> {
  const { api } = askAhead('/sign-in')
  const credentials = { tenant: 'chakana', username: 'maria', password: 'Chakana-2026' }
  await api.session.signIn(credentials, true)
  asked = []
  languages = []
}

test('a visitor is only asked for the cooperative they came to', async () => {
  window.localStorage.setItem('minga.tenant', 'chakana')
  const ahead = askAhead('/')
  expect((await ahead.branding?.answer)?.code).toBe('chakana')
  expect(ahead.position).toBeNull()
  expect(asked).toEqual([BRANDING])
})

test('for a member the figures of the first page are asked for with one renewal', async () => {
  await remembered()
  const ahead = askAhead('/')
  expect((await ahead.position)?.accounts.length).toBeGreaterThan(0)
  expect(ahead.movements).toBeNull()
  expect(asked.toSorted()).toEqual([POSITION, BRANDING, TOKEN].toSorted())
})

test('the page of an account has its movements asked for too, another page none of its own', async () => {
  await remembered()
  expect((await askAhead('/accounts/acc_01').movements?.answer)?.items.length).toBeGreaterThan(0)
  const ahead = askAhead('/settings')
  expect([ahead.position, ahead.movements]).toEqual([null, null])
})

test('it is asked in the language the member reads, until the portal says another', async () => {
  await remembered()
  const ahead = askAhead('/')
  await ahead.position
  expect(new Set(languages)).toEqual(new Set([ahead.language]))
  ahead.follow(() => 'en')
  await ahead.api.client.GET('/member_portal/position')
  expect(languages.at(-1)).toBe('en')
})

test('the pages find what was asked for ahead and ask for nothing twice', async () => {
  await remembered()
  const ahead = askAhead('/')
  const queries = createQueries(ahead.api.session)
  warmData(ahead, queries)
  const position = await queries.ensureQueryData(positionQuery(ahead.api, ahead.language))
  await queries.ensureQueryData(brandingQuery(ahead.api, 'chakana'))
  expect(position).toEqual(await ahead.position)
  expect(asked.filter((call) => call === POSITION)).toHaveLength(1)
  expect(asked.filter((call) => call === BRANDING)).toHaveLength(1)
})

test('what failed ahead is asked for again', async () => {
  await remembered()
  lost = [POSITION]
  const ahead = askAhead('/')
  const queries = createQueries(ahead.api.session)
  queries.setDefaultOptions({ queries: { retry: 1, retryDelay: 0, networkMode: 'always' } })
  warmData(ahead, queries)
  const position = await queries.fetchQuery({
    ...positionQuery(ahead.api, ahead.language),
    staleTime: Infinity,
  })
  expect(position.accounts.length).toBeGreaterThan(0)
  expect(asked.filter((call) => call === POSITION)).toHaveLength(2)
})
