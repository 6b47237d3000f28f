import type { components } from './schema'

export type FieldError = { field: string; code: string; message: string }

/**
 * What the API answered instead of success (RFC 9457), as a thrown value.
 * `code` is stable and can be used to look up a text; `detail` is already in the reader's language.
 */
export class ApiProblem extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string
  /** What the reader can do about it, where there is something. */
  readonly remedy: string
  readonly field: string | null
  readonly fieldErrors: FieldError[]
  readonly requestId: string

  constructor(problem: Partial<components['schemas']['Problem']> & { status: number }) {
    super(problem.detail ?? problem.title ?? `HTTP ${problem.status}`)
    this.name = 'ApiProblem'
    this.status = problem.status
    this.code = problem.code ?? `http_${problem.status}`
    this.title = problem.title ?? ''
    this.detail = problem.detail ?? ''
    this.remedy = problem.remedy ?? ''
    this.field = problem.field ?? null
    this.fieldErrors = problem.errors ?? []
    this.requestId = problem.request_id ?? ''
  }

  /** The message for one field of a form, wherever the problem carries it. */
  messageFor(field: string): string | undefined {
    const own = this.field === field ? this.detail || this.title : undefined
    return this.fieldErrors.find((error) => error.field === field)?.message ?? own
  }
}

/** The request never reached the API, or its answer never came back. */
export class NetworkProblem extends Error {
  readonly code = 'network'

  constructor(cause: unknown) {
    super('network', { cause })
    this.name = 'NetworkProblem'
  }
}

export function isProblem(error: unknown, code?: string): error is ApiProblem {
  return error instanceof ApiProblem && (code === undefined || error.code === code)
}

/** Reads a failed response; a body that is no problem+json still gives a usable problem. */
export function problemFrom(response: Response, body: unknown): ApiProblem {
  const fields = typeof body === 'object' && body !== null ? body : {}
  const requestId = response.headers.get('x-request-id') ?? undefined
  return new ApiProblem({ request_id: requestId, ...fields, status: response.status })
}
