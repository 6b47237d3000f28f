import { createMockApi, memberRoutes } from '../../packages/mock-api/src/index'

/** What the member portal's pretended API answers in development. */
export const api = createMockApi(memberRoutes, 40)
