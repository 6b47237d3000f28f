import { createMockApi, sessionRoutes, tenantRoutes } from '../../packages/mock-api/src/index'

/** What the console's pretended API answers in development. */
export const api = createMockApi([...tenantRoutes, ...sessionRoutes('/access', [])], 150)
