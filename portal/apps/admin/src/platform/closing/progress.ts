import type { Run, Step } from './closing'

/** The phases of a run, in the order of the state machine. */
export const PHASES = [
  'close',
  'settle',
  'conclude',
  'ledger',
  'prove',
  'open',
  'report',
  'issue',
] as const
export type Phase = (typeof PHASES)[number]
export type PhaseState = 'pending' | 'running' | 'failed' | 'completed'

export type PhaseProgress = {
  phase: Phase
  state: PhaseState
  done: number
  /** Zero while it is not known yet. */
  total: number
}

/** What follows once the new day is open: a run is complete without it, and a retry makes up for it. */
const LATER: readonly Phase[] = ['report', 'issue']
/** What is done once for all branches together. */
const OF_ALL: readonly Phase[] = ['conclude', 'prove']
const isLater = (phase: Phase) => LATER.includes(phase)

const isDone = (step: Step) => step.state === 'completed' || step.state === 'skipped'

/** The state that several steps have together. */
export function stateOf(steps: readonly Step[], total = steps.length): PhaseState {
  if (steps.some((step) => step.state === 'failed')) return 'failed'
  if (total > 0 && steps.filter(isDone).length >= total) return 'completed'
  return steps.some((step) => step.state !== 'pending') ? 'running' : 'pending'
}

function totalOf(run: Run, phase: Phase, steps: readonly Step[]): number {
  if (isLater(phase)) return steps.length
  if (phase === 'close') return run.pieces
  return OF_ALL.includes(phase) ? 1 : run.branches.length
}

/** Whether a completed run is past a phase: it may lack what follows, and the next day may still wait for its start. */
function isOver(run: Run, phase: Phase): boolean {
  if (run.state !== 'completed' || isLater(phase)) return false
  return phase !== 'open' || run.start_of_day === 'completed'
}

/** How far each phase has come. */
export function phasesOf(run: Run): PhaseProgress[] {
  return PHASES.flatMap((phase) => {
    const steps = run.steps.filter((step) => step.step === phase)
    if (isLater(phase) && steps.length === 0) return []
    const total = totalOf(run, phase, steps)
    const over = isOver(run, phase)
    return {
      phase,
      total,
      done: over ? total : steps.filter(isDone).length,
      state: over ? 'completed' : stateOf(steps, total),
    }
  })
}

/** How much of the whole each phase usually is. Those of what follows are missed by a day that has nothing due. */
const WEIGHTS: Record<Phase, number> = {
  close: 0.66,
  settle: 0.07,
  conclude: 0.02,
  ledger: 0.08,
  prove: 0.04,
  open: 0.05,
  report: 0.04,
  issue: 0.04,
}

/** Share of the whole run between 0 and 1: records for the pieces, steps for the rest. */
export function shareOfRun(run: Run): number {
  if (run.state === 'completed') return 1
  const phases = phasesOf(run)
  const shares = phases.map(({ phase, done, total }) => {
    const steps = total === 0 ? 0 : done / total
    const records = run.records === 0 ? steps : run.done / run.records
    return WEIGHTS[phase] * Math.min(1, phase === 'close' ? Math.max(records, steps) : steps)
  })
  return shares.reduce((sum, share) => sum + share, 0)
}

/** `null` where a branch has nothing to do in a phase. */
export type BranchCell = { phase: Phase; state: PhaseState | null }
export type BranchRow = { branch: string; cells: BranchCell[] }

/** One row per branch, one cell per phase: where each branch stands. The proof is of the whole run. */
export function branchesOf(run: Run): BranchRow[] {
  const phases = phasesOf(run).map(({ phase }) => phase)
  return run.branches.map((branch) => ({
    branch,
    cells: phases
      .filter((phase) => phase !== 'prove')
      .map((phase) => ({ phase, state: stateIn(run, phase, branch) })),
  }))
}

function stateIn(run: Run, phase: Phase, branch: string): PhaseState | null {
  if (isOver(run, phase)) return 'completed'
  const steps = run.steps.filter((step) => step.step === phase && step.branches.includes(branch))
  return isLater(phase) && steps.length === 0 ? null : stateOf(steps)
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
