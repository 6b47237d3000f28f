/** A pretended API for development and tests; no application imports it in what it ships. */
export type MockCall = {
  request: Request
  params: Record<string, string>
  query: URLSearchParams
  body: unknown
  /** Language asked for, `es` or `en`. */
  language: string
  /** Subject of the bearer token, or null. */
  subject: string | null
}
export type MockRoute = {
  method: string
  /** Under /api/v1, with `{name}` for parameters. */
  path: string
  open?: boolean
  answer: (call: MockCall) => unknown
}
export type MockApi = (request: Request) => Promise<Response>

let requests = 0

/** Thrown by a route to answer with a problem. */
export class MockProblem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly texts: { es: string; en: string },
    readonly extra: Record<string, unknown> = {},
  ) {
    super(code)
  }
}

export function problemResponse(problem: MockProblem, language: string): Response {
  requests += 1
  const title = language === 'en' ? problem.texts.en : problem.texts.es
  const body = {
    type: `https://minga.example/problems/${problem.code}`,
    title,
    status: problem.status,
    detail: title,
    code: problem.code,
    request_id: `req_${String(requests).padStart(8, '0')}`,
    ...problem.extra,
  }
  const headers = { 'Content-Type': 'application/problem+json' }
  return new Response(JSON.stringify(body), { status: problem.status, headers })
}

function matcherOf(route: MockRoute) {
  const names = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '')
  const pattern = new RegExp(`^${route.path.replace(/\{\w+\}/g, '([^/]+)')}$`)
  return (method: string, path: string): Record<string, string> | null => {
    const match = method === route.method ? pattern.exec(path) : null
    if (match === null) return null
    return Object.fromEntries(
      names.map((name, at) => [name, decodeURIComponent(match[at + 1] ?? '')]),
    )
  }
}

const UNAUTHENTICATED = { es: 'Inicie sesión para continuar.', en: 'Sign in to continue.' }
const NOT_FOUND = { es: 'No encontramos lo que busca.', en: 'We could not find that.' }

/** An API of the given routes. `delayMillis` lets loading states be seen. */
export function createMockApi(routes: MockRoute[], delayMillis = 0): MockApi {
  const table = routes.map((route) => ({ route, match: matcherOf(route) }))
  return async (request) => {
    const url = new URL(request.url)
    const path = url.pathname.replace(/^\/api\/v1/, '')
    const language = (request.headers.get('accept-language') ?? 'es').slice(0, 2)
    if (delayMillis > 0) await new Promise((resume) => setTimeout(resume, delayMillis))
    try {
      for (const { route, match } of table) {
        const params = match(request.method, path)
        if (params === null) continue
        return await respond(route, request, url, params, language)
      }
      throw new MockProblem(404, 'not_found', NOT_FOUND)
    } catch (error) {
      if (error instanceof MockProblem) return problemResponse(error, language)
      throw error
    }
  }
}

async function respond(
  route: MockRoute,
  request: Request,
  url: URL,
  params: Record<string, string>,
  language: string,
): Promise<Response> {
  const subject = subjectOf(request)
  if (!route.open && subject === null)
    throw new MockProblem(401, 'unauthenticated', UNAUTHENTICATED)
  const text = await request.text()
  const body: unknown = text === '' ? undefined : JSON.parse(text)
  const query = url.searchParams
  const result = await route.answer({ request, params, query, body, language, subject })
  if (result instanceof Response) return result
  if (result === undefined) return new Response(null, { status: 204 })
  const status = request.method === 'POST' ? 201 : 200
  return Response.json(result, { status, headers: { 'Cache-Control': 'no-store' } })
}

/** Mock tokens read `mock.<subject>.<number>`. */
function subjectOf(request: Request): string | null {
  const token = /^Bearer mock\.([^.]+)\./.exec(request.headers.get('authorization') ?? '')
  return token?.[1] ?? null
}
