export { createApi, unwrap, unwrapVersioned, type Api, type Audience } from './client'
export { saveDocument } from './document'
export { intended, newIntention, type Intention } from './intention'
export { ApiProblem, isProblem, NetworkProblem, type FieldError } from './problem'
export { Session, type Credentials, type SessionProfile, type SessionState } from './session'
export { browserStore, type SessionStore } from './store'
export type { components, operations, paths } from './schema'

import type { components } from './schema'

/** Shapes of the API by name: `Model<'Receipt'>`. */
export type Model<Name extends keyof components['schemas']> = components['schemas'][Name]
