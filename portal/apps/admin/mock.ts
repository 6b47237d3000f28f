import { createMockApi, staffRoutes } from '../../packages/mock-api/src/index'

/** What the console's pretended API answers in development. */
export const api = createMockApi(staffRoutes, 150)
