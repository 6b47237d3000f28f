import { describe, expect, test } from 'vitest'
import { isStopped, isWaiting, type Run, type Step } from '../src/platform/closing/closing'
import { branchesOf, phasesOf, shareOfRun } from '../src/platform/closing/progress'

const aStep = (step: string, part: string, state: string): Step => ({
  step,
  part,
  state,
  branches: [part],
  planned: 0,
  read: 0,
  processed: 0,
  skipped: 0,
  failed: 0,
  attempts: 1,
  started_at: null,
  finished_at: null,
  error: '',
  reason: '',
})

const aRun = (state: string, steps: Step[], lacking = 0): Run => ({
  id: 'run1',
  business_date: '2026-06-30',
  open_date: '2026-07-01',
  branches: ['1', '2'],
  state,
  started_by: 'usr1',
  started_at: '2026-06-30T22:00:00Z',
  finished_at: null,
  pieces: 1,
  records: 0,
  done: 0,
  lacking,
  executions: 1,
  executing: true,
  error: '',
  resumed_by: '',
  resumed_at: null,
  resume_reason: '',
  start_of_day: state === 'completed' ? 'completed' : 'pending',
  opening_requested_by: '',
  opening_requested_at: null,
  opened_at: null,
  steps,
  version: 1,
})

const named = (run: Run, phase: string) => phasesOf(run).find((one) => one.phase === phase)

describe('what follows the close', () => {
  test('is no phase of a day that has nothing due', () => {
    expect(phasesOf(aRun('completed', [])).map(({ phase }) => phase)).toEqual([
      'close',
      'settle',
      'conclude',
      'ledger',
      'prove',
      'open',
    ])
  })
  test('may still lack reports in a run that is complete', () => {
    const run = aRun(
      'completed',
      [aStep('report', '1', 'completed'), aStep('report', 'all', 'failed')],
      1,
    )
    expect(named(run, 'report')).toMatchObject({ state: 'failed', done: 1, total: 2 })
    expect(named(run, 'open')).toMatchObject({ state: 'completed', done: 2 })
    expect(shareOfRun(run)).toBe(1)
  })
  test('is nothing in a branch that no report is made for', () => {
    const rows = branchesOf(aRun('completed', [aStep('report', '1', 'failed')]))
    const reports = rows.map(({ branch, cells }) => [
      branch,
      cells.find(({ phase }) => phase === 'report')?.state,
    ])
    expect(reports).toEqual([
      ['1', 'failed'],
      ['2', null],
    ])
  })
})

describe('a day that waits to be started', () => {
  const steps = [aStep('open', '1', 'pending'), aStep('open', '2', 'pending')]
  const waiting = { ...aRun('completed', steps), start_of_day: 'waiting' }
  const cells = (run: Run) =>
    branchesOf(run).map(({ cells }) => cells.find(({ phase }) => phase === 'open')?.state)
  test('is a phase that a completed run has not gone through', () => {
    expect(isWaiting(waiting)).toBe(true)
    expect(named(waiting, 'open')).toMatchObject({ state: 'pending', done: 0, total: 2 })
    expect(named(waiting, 'ledger')).toMatchObject({ state: 'completed', done: 2, total: 2 })
    expect(cells(waiting)).toEqual(['pending', 'pending'])
  })
  test('is done once it was started', () => {
    const started = { ...waiting, start_of_day: 'completed' }
    expect(isWaiting(started)).toBe(false)
    expect(named(started, 'open')).toMatchObject({ state: 'completed', done: 2 })
    expect(cells(started)).toEqual(['completed', 'completed'])
  })
})

test('a run that is under way while nobody carries it out has stopped', () => {
  const run = (state: string, executing: boolean) => ({ ...aRun(state, []), executing })
  expect(isStopped(run('running', false))).toBe(true)
  expect(isStopped(run('running', true))).toBe(false)
  expect(isStopped(run('completed', false))).toBe(false)
})
