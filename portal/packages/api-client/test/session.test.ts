import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { ApiProblem, createApi, intended, NetworkProblem, newIntention, unwrap } from '../src'

type Call = { method: string; path: string; headers: Headers; body: unknown }

/** An API that records what it is asked and answers from a table of functions. */
function apiOf(
  answers: Record<string, (call: Call, count: number) => Response | Promise<Response>>,
) {
  const calls: Call[] = []
  const api = createApi({
    audience: 'member',
    language: () => 'es',
    fetch: async (request) => {
      const path = new URL(request.url).pathname.replace('/api/v1', '')
      const text = await request.clone().text()
      const body: unknown = text === '' ? undefined : JSON.parse(text)
      const call = { method: request.method, path, headers: request.headers, body }
      calls.push(call)
      const answer = answers[`${request.method} ${path}`]
      if (answer === undefined) throw new TypeError('Failed to fetch')
      return answer(call, calls.filter((other) => other.path === path).length)
    },
  })
  return { ...api, calls, asked: (path: string) => calls.filter((call) => call.path === path) }
}

const tokens = (number: number) => ({
  access_token: `access-${number}`,
  expires_in: 300,
  refresh_token: `refresh-${number}`,
})
const session = (extra = {}) => ({
  ...tokens(1),
  must_change_password: false,
  user: { id: 'usr_1', name: 'María', username: 'maria', language: 'es' },
  tenant: { code: 'chakana', name: 'Chakana' },
  ...extra,
})
const problem = (status: number, code: string, extra = {}) =>
  Response.json({ type: 'about:blank', title: code, status, code, ...extra }, { status })

const credentials = { tenant: 'chakana', username: 'maria', password: 'secreta' }
const SIGN_IN = { 'POST /member_portal/sessions': () => Response.json(session(), { status: 201 }) }
const position = (api: ReturnType<typeof apiOf>) =>
  unwrap(api.client.GET('/member_portal/position'))

beforeEach(() => void vi.useFakeTimers({ toFake: ['Date'] }))
afterEach(() => void vi.useRealTimers())

describe('a session', () => {
  test('sends the access token and the language, and keeps neither token in a cache', async () => {
    const api = apiOf({ ...SIGN_IN, 'GET /member_portal/position': () => Response.json({}) })
    await api.session.signIn(credentials, false)
    await position(api)
    const [call] = api.asked('/member_portal/position')
    expect(call?.headers.get('authorization')).toBe('Bearer access-1')
    expect(call?.headers.get('accept-language')).toBe('es')
  })

  test('is kept in the tab, or on the device when it is to be remembered, without the access token', async () => {
    const api = apiOf(SIGN_IN)
    await api.session.signIn(credentials, false)
    expect(window.localStorage.length).toBe(0)
    expect(window.sessionStorage.getItem('minga.member')).not.toContain('access-1')
    await api.session.signIn(credentials, true)
    expect(window.sessionStorage.length).toBe(0)
    expect(window.localStorage.getItem('minga.member')).toContain('refresh-1')
  })

  test('with a temporary password is restricted until it is changed', async () => {
    const answer = () => Response.json(session({ must_change_password: true }), { status: 201 })
    const api = apiOf({
      'POST /member_portal/sessions': answer,
      'PUT /member_portal/password': () => new Response(null, { status: 204 }),
    })
    await api.session.signIn(credentials, false)
    expect(api.session.snapshot().status).toBe('restricted')
    await api.session.changePassword('Temporal-1', 'Otra-clave-9')
    expect(api.session.snapshot().status).toBe('active')
  })

  test('renews a spent token once for all who wait', async () => {
    const api = apiOf({
      ...SIGN_IN,
      'POST /member_portal/tokens': () => Response.json(tokens(2)),
      'GET /member_portal/position': () => Response.json({}),
    })
    await api.session.signIn(credentials, false)
    vi.setSystemTime(Date.now() + 299_000)
    await Promise.all([position(api), position(api), position(api)])
    expect(api.asked('/member_portal/tokens')).toHaveLength(1)
    expect(api.asked('/member_portal/position')[2]?.headers.get('authorization')).toBe(
      'Bearer access-2',
    )
    expect(window.sessionStorage.getItem('minga.member')).toContain('refresh-2')
  })

  test('tries again once after a refused token, with the same intention', async () => {
    const api = apiOf({
      ...SIGN_IN,
      'POST /member_portal/tokens': () => Response.json(tokens(2)),
      'PUT /platform/me/language': (_call, count) =>
        count === 1 ? problem(401, 'token_expired') : new Response(null, { status: 204 }),
    })
    await api.session.signIn(credentials, false)
    const intention = newIntention()
    await unwrap(
      api.client.PUT('/platform/me/language', { ...intended(intention), body: { language: 'en' } }),
    )
    const keys = api
      .asked('/platform/me/language')
      .map((call) => call.headers.get('idempotency-key'))
    expect(keys).toEqual([intention.key, intention.key])
    expect(api.asked('/platform/me/language')[1]?.body).toEqual({ language: 'en' })
  })

  test('ends when its refresh token is refused', async () => {
    const api = apiOf({
      ...SIGN_IN,
      'POST /member_portal/tokens': () => problem(401, 'session_ended'),
      'GET /member_portal/position': () => problem(401, 'unauthenticated'),
    })
    await api.session.signIn(credentials, true)
    await expect(position(api)).rejects.toMatchObject({ status: 401 })
    expect(api.session.snapshot()).toEqual({ status: 'anonymous', reason: 'ended' })
    expect(window.localStorage.getItem('minga.member')).toBeNull()
  })

  test('outlives a lost network', async () => {
    const api = apiOf(SIGN_IN)
    await api.session.signIn(credentials, true)
    await expect(position(api)).rejects.toBeInstanceOf(NetworkProblem)
    expect(api.session.snapshot().status).toBe('active')
  })

  test('is forgotten here at sign-out even when the API cannot be told', async () => {
    const api = apiOf(SIGN_IN)
    await api.session.signIn(credentials, true)
    await api.session.signOut()
    expect(api.session.snapshot()).toEqual({ status: 'anonymous', reason: 'signed_out' })
    expect(window.localStorage.length).toBe(0)
  })
})

describe('a problem', () => {
  test('carries its code, field and reference', async () => {
    const errors = [{ field: 'new', code: 'too_short', message: 'Muy corta' }]
    const api = apiOf({
      ...SIGN_IN,
      'PUT /member_portal/password': () =>
        problem(422, 'password_policy', { errors, request_id: 'req_9' }),
    })
    await api.session.signIn(credentials, false)
    const failure = await api.session.changePassword('a', 'b').catch((error: unknown) => error)
    expect(failure).toBeInstanceOf(ApiProblem)
    expect(failure).toMatchObject({ code: 'password_policy', requestId: 'req_9' })
    expect((failure as ApiProblem).messageFor('new')).toBe('Muy corta')
    expect((failure as ApiProblem).messageFor('current')).toBeUndefined()
  })

  test('is made of an answer that is none', async () => {
    const api = apiOf({
      ...SIGN_IN,
      'GET /member_portal/position': () => new Response('<html>', { status: 502 }),
    })
    await api.session.signIn(credentials, false)
    await expect(position(api)).rejects.toMatchObject({ status: 502, code: 'http_502' })
  })
})
