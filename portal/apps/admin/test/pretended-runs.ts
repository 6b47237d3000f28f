import type { MockRoute } from '@minga/mock-api'
import { get, list, post, TODAY } from './pretended-parts'

const stepOf = (step: string, branch: string, state: string) => ({
  step,
  part: branch,
  branches: [branch],
  state,
  planned: 0,
  read: 1,
  processed: 1,
  skipped: 0,
  failed: 0,
  attempts: 1,
  started_at: null,
  finished_at: null,
  error: '',
  reason: '',
})

/** An end of day that is complete, and has left today to be started by somebody. */
const run = {
  id: 'run_1',
  business_date: '2026-03-17',
  open_date: TODAY,
  branches: ['1'],
  state: 'completed',
  executing: false,
  started_by: 'usr_1',
  started_at: '2026-03-17T22:30:00Z',
  finished_at: '2026-03-17T22:31:00Z',
  pieces: 1,
  records: 1,
  done: 1,
  lacking: 0,
  executions: 1,
  error: '',
  resumed_by: '',
  resumed_at: null,
  resume_reason: '',
  start_of_day: 'waiting',
  opening_requested_by: '',
  opening_requested_at: null as string | null,
  opened_at: null as string | null,
  steps: ['close', 'settle', 'conclude', 'ledger', 'prove', 'open'].map((step) =>
    stepOf(step, '1', step === 'open' ? 'pending' : 'completed'),
  ),
  version: 3,
}

const started = {
  ...run,
  start_of_day: 'completed',
  executions: 2,
  opening_requested_by: 'usr_2',
  opening_requested_at: '2026-03-18T12:00:00Z',
  opened_at: '2026-03-18T12:00:05Z',
  steps: run.steps.map((step) => ({ ...step, state: 'completed' })),
}

/** The end of day of the pretended cooperative: today waits until it is started. */
export function runRoutes(): MockRoute[] {
  let shown: typeof run = run
  return [
    get('/platform/closing-runs', () => list(shown)),
    get('/platform/closing-runs/{run_id}', () => shown),
    post('/platform/closing-runs/{run_id}/starts-of-day', () => (shown = started)),
  ]
}
