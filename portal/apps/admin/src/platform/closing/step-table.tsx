import { useFormats, useT } from '@minga/i18n'
import { DataTable, EmptyState, type Column } from '@minga/ui'
import { useState } from 'react'
import type { Step } from './closing'
import styles from './closing.module.css'
import { clockText, PHASES, secondsBetween, type Phase } from './progress'
import { RunState } from './run-state'

/** What the steps that are for the whole run call their part. */
const WHOLE = 'all'

/** Steps whose parts are the pieces of the run. */
const BY_PIECE = new Set(['close', 'issue'])

const orderOf = (step: Step) => PHASES.indexOf(step.step as Phase)

/** Every step with its counts: what was planned, read, processed, skipped and failed. */
export function StepTable({ steps }: { steps: Step[] }) {
  const t = useT()
  const formats = useFormats()
  const [now] = useState(() => Date.now())
  const sorted = [...steps].sort(
    (one, other) => orderOf(one) - orderOf(other) || one.part.localeCompare(other.part),
  )
  const count = (id: 'read' | 'processed' | 'skipped' | 'failed'): Column<Step> => ({
    id,
    header: t(`admin.closing.${id}`),
    type: 'number',
    value: (step) => step[id],
    cell: (step) => formats.number(String(step[id])),
  })
  /** Pieces have a number; the other steps are told apart by their branch. */
  const nameOf = (step: Step) => {
    const name = t(`admin.closing.step.${step.step}`, step.step)
    return BY_PIECE.has(step.step) ? `${name} ${Number(step.part) + 1}` : name
  }
  const branchesOf = (step: Step) =>
    step.part === WHOLE ? t('admin.closing.all_branches') : step.branches.join(', ')
  const columns: Column<Step>[] = [
    {
      id: 'step',
      header: t('admin.closing.step_name'),
      value: (step) => orderOf(step),
      cell: nameOf,
    },
    {
      id: 'branches',
      header: t('admin.closing.branches'),
      value: branchesOf,
    },
    {
      id: 'state',
      header: t('admin.closing.state'),
      value: (step) => step.state,
      cell: (step) => (
        <>
          <RunState state={step.state} />
          {step.attempts > 1 && (
            <small
              className={styles.soft}
            >{` ${t('admin.closing.attempts')}: ${step.attempts}`}</small>
          )}
        </>
      ),
    },
    {
      ...count('read'),
      cell: (step) => {
        const read = formats.number(String(step.read))
        if (step.planned === 0) return read
        return t('admin.closing.done_of', {
          done: read,
          total: formats.number(String(step.planned)),
        })
      },
    },
    count('processed'),
    count('skipped'),
    count('failed'),
    {
      id: 'duration',
      header: t('admin.closing.duration'),
      type: 'number',
      value: (step) => secondsBetween(step.started_at, step.finished_at, now),
      cell: (step) => {
        const seconds = secondsBetween(step.started_at, step.finished_at, now)
        return seconds === null || step.finished_at === null
          ? ''
          : clockText(seconds, formats.decimalMark)
      },
      wideOnly: true,
    },
  ]
  return (
    <DataTable
      caption={t('admin.closing.steps')}
      columns={columns}
      rows={sorted}
      rowId={(step) => `${step.step}~${step.part}`}
      empty={<EmptyState icon="clock" title={t('admin.closing.planning')} />}
    />
  )
}
