import type { Run, Step } from './closing'

/** The phases of a run, in the order of the state machine. */
export const PHASES = ['close', 'settle', 'ledger', 'prove', 'open'] as const
export type Phase = (typeof PHASES)[number]
export type PhaseState = 'pending' | 'running' | 'failed' | 'completed'

export type PhaseProgress = {
  phase: Phase
  state: PhaseState
  done: number
  /** Zero while it is not known yet. */
  total: number
}

const isDone = (step: Step) => step.state === 'completed' || step.state === 'skipped'

/** The state that several steps have together. */
export function stateOf(steps: readonly Step[], total = steps.length): PhaseState {
  if (steps.some((step) => step.state === 'failed')) return 'failed'
  if (total > 0 && steps.filter(isDone).length >= total) return 'completed'
  return steps.some((step) => step.state !== 'pending') ? 'running' : 'pending'
}

function totalOf(run: Run, phase: Phase): number {
  if (phase === 'close') return run.pieces
  return phase === 'prove' ? 1 : run.branches.length
}

/** How far each phase has come. A completed run has nothing left of any. */
export function phasesOf(run: Run): PhaseProgress[] {
  return PHASES.map((phase) => {
    const steps = run.steps.filter((step) => step.step === phase)
    const total = totalOf(run, phase)
    const over = run.state === 'completed'
    return {
      phase,
      total,
      done: over ? total : steps.filter(isDone).length,
      state: over ? 'completed' : stateOf(steps, total),
    }
  })
}

/** Share of the whole run between 0 and 1: records for the pieces, steps for the rest. */
export function shareOfRun(run: Run): number {
  if (run.state === 'completed') return 1
  const phases = phasesOf(run)
  const weights = { close: 0.7, settle: 0.08, ledger: 0.12, prove: 0.05, open: 0.05 }
  const shares = phases.map(({ phase, done, total }) => {
    const steps = total === 0 ? 0 : done / total
    const records = run.records === 0 ? steps : run.done / run.records
    return weights[phase] * Math.min(1, phase === 'close' ? Math.max(records, steps) : steps)
  })
  return shares.reduce((sum, share) => sum + share, 0)
}

export type BranchRow = { branch: string; cells: { phase: Phase; state: PhaseState }[] }

/** One row per branch, one cell per phase: where each branch stands. */
export function branchesOf(run: Run): BranchRow[] {
  const over = run.state === 'completed'
  return run.branches.map((branch) => ({
    branch,
    cells: PHASES.filter((phase) => phase !== 'prove').map((phase) => {
      const steps = run.steps.filter(
        (step) => step.step === phase && step.branches.includes(branch),
      )
      return { phase, state: over ? 'completed' : stateOf(steps) }
    }),
  }))
}

export type Counts = { read: number; processed: number; skipped: number; failed: number }

/** What the pieces did, all together. */
export function countsOf(steps: readonly Step[]): Counts {
  const sum = (name: keyof Counts) => steps.reduce((total, step) => total + step[name], 0)
  return {
    read: sum('read'),
    processed: sum('processed'),
    skipped: sum('skipped'),
    failed: sum('failed'),
  }
}

/** Seconds between two instants, to the tenth; to `now` where the second is still open. */
export function secondsBetween(from: string | null, to: string | null, now: number): number | null {
  if (from === null) return null
  const end = to === null ? now : Date.parse(to)
  return Math.max(0, Math.round((end - Date.parse(from)) / 100) / 10)
}

/** `1:02:07`, `4:09`, and under ten seconds `3.4`: a duration as a stop watch shows it. */
export function clockText(seconds: number, decimalMark = '.'): string {
  if (seconds < 10) return `${seconds.toFixed(1).replace('.', decimalMark)}\u00a0s`
  const whole = Math.round(seconds)
  const parts = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, whole % 60]
  const shown = parts[0] === 0 ? parts.slice(1) : parts
  return shown
    .map((part, at) => (at === 0 ? String(part) : String(part).padStart(2, '0')))
    .join(':')
}

/** `ledger_out_of_balance: …` begins with the problem's code; anything else has none. */
export function codeOfError(error: string): string | null {
  return /^([a-z][a-z0-9_]+):/.exec(error)?.[1] ?? null
}
