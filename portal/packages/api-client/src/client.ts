import createClient, { type Client } from 'openapi-fetch'
import { NetworkProblem, problemFrom } from './problem'
import type { components, paths } from './schema'
import { Session, type SessionProfile } from './session'
import { browserStore, type SessionStore } from './store'

type Schemas = components['schemas']
type Users = { member: Schemas['MemberView']; staff: Schemas['StaffUser'] }
export type Audience = keyof Users

const AUDIENCE_PATH: Record<Audience, string> = { member: '/member_portal', staff: '/access' }

export type ApiOptions<A extends Audience> = {
  audience: A
  /** BCP-47 tag of the language the person reads now. */
  language: () => string
  baseUrl?: string
  store?: SessionStore<SessionProfile<Users[A]>>
  fetch?: (request: Request) => Promise<Response>
}

export type Api<A extends Audience> = {
  client: Client<paths>
  /** As `client`, for what anybody may ask: it waits for no session and sends none. */
  open: Client<paths>
  session: Session<Users[A]>
}

/** The one way to the API: typed paths, session, language, and problems as thrown values. */
export function createApi<A extends Audience>(options: ApiOptions<A>): Api<A> {
  const { audience, language, baseUrl = '/api/v1' } = options
  const send = options.fetch ?? ((request: Request) => window.fetch(request))
  const path = AUDIENCE_PATH[audience]
  const store = options.store ?? browserStore<SessionProfile<Users[A]>>(`minga.${audience}`)
  const session = new Session<Users[A]>({ path, baseUrl, store, fetch: send, language })

  async function attempt(request: Request, token: string | null): Promise<Response> {
    const copy = new Request(request.clone(), { cache: 'no-store' })
    copy.headers.set('Accept-Language', language())
    if (token !== null) copy.headers.set('Authorization', `Bearer ${token}`)
    try {
      return await send(copy)
    } catch (cause) {
      throw new NetworkProblem(cause)
    }
  }

  async function authorisedFetch(request: Request): Promise<Response> {
    const response = await attempt(request, await session.token())
    if (response.status !== 401) return response
    const renewed = await session.renew()
    return renewed === null ? response : attempt(request, renewed)
  }

  const absolute = new URL(baseUrl, window.location.origin).toString()
  const clientOf = (fetch: (request: Request) => Promise<Response>) =>
    createClient<paths>({ baseUrl: absolute, fetch })
  return {
    client: clientOf(authorisedFetch),
    open: clientOf((request) => attempt(request, null)),
    session,
  }
}

type Outcome<T> = { data?: T; error?: unknown; response: Response }

/**
 * The data of a call, or its problem thrown.
 * `await unwrap(api.client.GET('/member_portal/position'))`
 */
export async function unwrap<T>(call: Promise<Outcome<T>>): Promise<T> {
  const { data, error, response } = await call
  if (!response.ok) throw problemFrom(response, error)
  return data as T
}

/** As `unwrap`, with the version to send back in `If-Match`. */
export async function unwrapVersioned<T>(call: Promise<Outcome<T>>) {
  const outcome = await call
  return {
    data: await unwrap(Promise.resolve(outcome)),
    etag: outcome.response.headers.get('etag'),
  }
}
