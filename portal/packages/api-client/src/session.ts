import { NetworkProblem, problemFrom } from './problem'
import type { components } from './schema'
import type { SessionStore } from './store'

type Schemas = components['schemas']
type Tokens = Schemas['TokenPair']

export type SessionProfile<User> = {
  user: User
  tenant: Schemas['TenantView']
  mustChangePassword: boolean
}

export type SessionState<User> =
  | { status: 'anonymous'; reason: 'none' | 'signed_out' | 'ended' }
  | { status: 'restricted' | 'active'; profile: SessionProfile<User> }

export type Credentials = Schemas['SignIn']

type SessionAnswer<User> = Tokens & {
  must_change_password: boolean
  user: User
  tenant: Schemas['TenantView']
}

/** Seconds before expiry at which a token is renewed rather than risked. */
const RENEWAL_MARGIN_SECONDS = 15

export type SessionOptions<User> = {
  /** Path of the audience's resources under the base address: `/access` or `/member_portal`. */
  path: string
  baseUrl: string
  store: SessionStore<SessionProfile<User>>
  fetch: (request: Request) => Promise<Response>
  language: () => string
  clock?: () => number
}

/**
 * Signs in, renews and ends one person's session. The access token lives in memory only; the
 * refresh token rotates at every renewal, and all callers (of all tabs) share one renewal.
 */
export class Session<User> {
  private accessToken: string | null = null
  private expiresAt = 0
  private renewal: Promise<string | null> | null = null
  private state: SessionState<User>
  private listeners = new Set<() => void>()
  private readonly clock: () => number

  constructor(private readonly options: SessionOptions<User>) {
    this.clock = options.clock ?? Date.now
    this.state = this.stateFromStore('none')
    options.store.onOutsideChange(() => {
      this.accessToken = null
      this.become(this.stateFromStore('signed_out'))
    })
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  readonly snapshot = () => this.state

  /** Errors: ApiProblem 401 with one neutral code whatever was wrong; NetworkProblem. */
  async signIn(credentials: Credentials, remember: boolean): Promise<SessionProfile<User>> {
    const response = await this.send('POST', '/sessions', credentials)
    const answer = (await response.json()) as SessionAnswer<User>
    const profile = {
      user: answer.user,
      tenant: answer.tenant,
      mustChangePassword: answer.must_change_password,
    }
    this.keepAccess(answer)
    this.options.store.write({ refreshToken: answer.refresh_token, profile }, remember)
    this.become(this.stateFromStore('none'))
    return profile
  }

  /** Forgets the session here first, then tells the API; a failure to tell changes nothing here. */
  async signOut(): Promise<void> {
    const token = this.accessToken ?? (await this.renew().catch(() => null))
    this.forget('signed_out')
    if (token === null) return
    await this.send('DELETE', '/sessions/current', undefined, token).catch(() => undefined)
  }

  /** Errors: ApiProblem 401 (current password), 422 with the policy broken in `fieldErrors`. */
  async changePassword(current: string, next: string): Promise<void> {
    const token = await this.token()
    const body: Schemas['PasswordChange'] = { current, new: next }
    const response = await this.send('PUT', '/password', body, token ?? undefined)
    const stored = this.options.store.read()
    if (stored === null) return
    const renewed: Partial<Tokens> = await response.json().catch(() => ({}))
    if (renewed.access_token !== undefined) this.keepAccess(renewed as Tokens)
    const profile = { ...stored.profile, mustChangePassword: false }
    const refreshToken = renewed.refresh_token ?? stored.refreshToken
    this.options.store.update({ refreshToken, profile })
    this.become(this.stateFromStore('none'))
  }

  /** Rewrites the stored profile, e.g. after the person chose another language. */
  updateUser(change: Partial<User>): void {
    const stored = this.options.store.read()
    if (stored === null) return
    const profile = { ...stored.profile, user: { ...stored.profile.user, ...change } }
    this.options.store.update({ ...stored, profile })
    this.become(this.stateFromStore('none'))
  }

  /** A valid access token, renewed if it must be; null when nobody is signed in. */
  async token(): Promise<string | null> {
    const fresh = this.expiresAt - RENEWAL_MARGIN_SECONDS * 1000 > this.clock()
    return this.accessToken !== null && fresh ? this.accessToken : this.renew()
  }

  /** Exchanges the refresh token. One exchange at a time, whoever asks. */
  renew(): Promise<string | null> {
    this.renewal ??= withBrowserLock(`minga${this.options.path}`, () => this.exchange()).finally(
      () => {
        this.renewal = null
      },
    )
    return this.renewal
  }

  /** The API refused the session: what is here is of no more use. */
  end(): void {
    this.forget('ended')
  }

  private async exchange(): Promise<string | null> {
    const stored = this.options.store.read()
    if (stored === null) return null
    const response = await this.request('POST', '/tokens', { refresh_token: stored.refreshToken })
    if (response.status === 401 || response.status === 403) {
      this.end()
      return null
    }
    if (!response.ok) throw problemFrom(response, await response.json().catch(() => null))
    const tokens = (await response.json()) as Tokens
    this.keepAccess(tokens)
    this.options.store.update({ ...stored, refreshToken: tokens.refresh_token })
    return tokens.access_token
  }

  private keepAccess(tokens: Tokens) {
    this.accessToken = tokens.access_token
    this.expiresAt = this.clock() + tokens.expires_in * 1000
  }

  private forget(reason: 'signed_out' | 'ended') {
    this.accessToken = null
    this.options.store.clear()
    this.become({ status: 'anonymous', reason })
  }

  private stateFromStore(reason: 'none' | 'signed_out'): SessionState<User> {
    const stored = this.options.store.read()
    if (stored === null) return { status: 'anonymous', reason }
    const status = stored.profile.mustChangePassword ? 'restricted' : 'active'
    return { status, profile: stored.profile }
  }

  private become(state: SessionState<User>) {
    this.state = state
    this.listeners.forEach((listener) => listener())
  }

  private async send(method: string, path: string, body?: unknown, token?: string) {
    const response = await this.request(method, path, body, token)
    if (!response.ok) throw problemFrom(response, await response.json().catch(() => null))
    return response
  }

  private async request(method: string, path: string, body?: unknown, token?: string) {
    const headers = new Headers({ 'Accept-Language': this.options.language() })
    if (body !== undefined) headers.set('Content-Type', 'application/json')
    if (token !== undefined) headers.set('Authorization', `Bearer ${token}`)
    const url = new URL(this.options.baseUrl + this.options.path + path, window.location.origin)
    const init = { method, headers, body: JSON.stringify(body), cache: 'no-store' as const }
    try {
      return await this.options.fetch(new Request(url, init))
    } catch (cause) {
      throw new NetworkProblem(cause)
    }
  }
}

/** Tabs of one browser share a rotating token, so they must not spend it twice. */
function withBrowserLock<T>(name: string, work: () => Promise<T>): Promise<T> {
  // Absent where the page is not served securely.
  const locks = navigator.locks as LockManager | null | undefined
  return locks ? (locks.request(name, work) as Promise<T>) : work()
}
