import { unwrap, type paths } from '@minga/api-client'

type Content<Response> = Response extends { content: { 'application/json': infer Body } }
  ? Body
  : never
type Done = 200 | 201 | 202
type Method<Path extends keyof paths, Verb extends string> = Verb extends keyof paths[Path]
  ? paths[Path][Verb]
  : never

/** What a route answers: `Answer<'/platform/me', 'get'>`. */
export type Answer<Path extends keyof paths, Verb extends string = 'get'> =
  Method<Path, Verb> extends { responses: infer Responses }
    ? Exclude<Content<Responses[keyof Responses & Done]>, PendingApproval>
    : never

/** What a route takes. */
export type Asked<Path extends keyof paths, Verb extends string = 'post'> =
  Method<Path, Verb> extends { requestBody?: infer Body } ? Content<NonNullable<Body>> : never

/** One row of a route that answers a list. */
export type Item<Path extends keyof paths> =
  Answer<Path> extends { items: (infer Row)[] } ? Row : never

/** An operation that was put aside for a second person. */
export type PendingApproval = {
  id: string
  state: string
  operation: string
  approver_permission: string
}

export type Settled<T> = { done: T } | { waits: PendingApproval }

const isPending = (data: unknown): data is PendingApproval =>
  typeof data === 'object' && data !== null && 'approver_permission' in data

/** The answer of a write, or the request for approval it became. Errors: ApiProblem, NetworkProblem. */
export async function settle<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<Settled<Exclude<T, PendingApproval>>> {
  const outcome = await call
  const data = await unwrap(Promise.resolve(outcome))
  if (outcome.response.status === 202 && isPending(data)) return { waits: data }
  return { done: data as Exclude<T, PendingApproval> }
}

/** Thrown instead of an answer when what was asked for now waits for a second person. */
export class WaitsForApproval extends Error {
  constructor(readonly pending: PendingApproval) {
    super('waits for approval')
    this.name = 'WaitsForApproval'
  }
}

/** The answer of a write. Errors: as `settle`, and WaitsForApproval where it was put aside. */
export async function carryOut<T>(
  call: Promise<{ data?: T; error?: unknown; response: Response }>,
): Promise<Exclude<T, PendingApproval>> {
  const settled = await settle(call)
  if ('waits' in settled) throw new WaitsForApproval(settled.waits)
  return settled.done
}
