import { useT } from '@minga/i18n'
import {
  Badge,
  Card,
  DataTable,
  DateText,
  EmptyState,
  Segments,
  SelectField,
  Stack,
  type Column,
} from '@minga/ui'
import { useState } from 'react'
import { Asked } from '../../app/asked'
import type { Me } from '../../app/me'
import { useDues, useProblemWords, type Due } from './closing'
import styles from './closing.module.css'

type Days = Me['business_dates']
type Shown = 'waiting' | 'settled'

/** What the start of a day carries out in a branch: what waits, and what the current day's start did. */
export function Dues({ days }: { days: Days }) {
  const t = useT()
  const [branch, setBranch] = useState(days[0]?.branch ?? '')
  const [shown, setShown] = useState<Shown>('waiting')
  const today = days.find((day) => day.branch === branch)?.business_date ?? null
  const dues = useDues(branch, shown === 'settled' ? today : null)
  if (days.length === 0) return null
  return (
    <Card title={t('admin.dues.title')} flush>
      <div className={styles.dueFilters} data-screen-only>
        <SelectField
          label={t('admin.branch')}
          options={days.map((day) => ({ value: day.branch, label: `${day.branch} · ${day.name}` }))}
          value={branch}
          onChange={(event) => setBranch(event.currentTarget.value)}
        />
        <Segments<Shown>
          label={t('admin.dues.which')}
          options={[
            { value: 'waiting', label: t('admin.dues.waiting') },
            { value: 'settled', label: t('admin.dues.settled') },
          ]}
          value={shown}
          onChange={setShown}
        />
      </div>
      <Asked query={dues}>{(found) => <DueTable dues={found} />}</Asked>
    </Card>
  )
}

const TONES: Record<string, 'plain' | 'good' | 'bad'> = { applied: 'good', failed: 'bad' }

function DueTable({ dues }: { dues: Due[] }) {
  const t = useT()
  const columns: Column<Due>[] = [
    {
      id: 'kind',
      header: t('admin.dues.kind'),
      value: (due) => t(`admin.dues.kind.${due.kind}`, due.kind),
    },
    {
      id: 'due',
      header: t('admin.dues.due_on'),
      value: (due) => due.due_on,
      cell: (due) => <DateText value={due.due_on} />,
    },
    {
      id: 'state',
      header: t('admin.closing.state'),
      value: (due) => due.state,
      cell: (due) => (
        <Stack gap={2}>
          <span>
            <Badge tone={TONES[due.state] ?? 'plain'}>
              {t(`admin.dues.state.${due.state}`, due.state)}
            </Badge>
          </span>
          {due.problem !== '' && <Problem code={due.problem} />}
        </Stack>
      ),
    },
    {
      id: 'tries',
      header: t('admin.closing.attempts'),
      type: 'number',
      value: (due) => due.tries,
    },
    {
      id: 'tried',
      header: t('admin.dues.tried_on'),
      value: (due) => due.tried_on ?? '',
      cell: (due) => (due.tried_on ? <DateText value={due.tried_on} /> : ''),
      wideOnly: true,
    },
  ]
  return (
    <DataTable
      caption={t('admin.dues.title')}
      columns={columns}
      rows={dues}
      rowId={(due) => due.id}
      empty={<EmptyState icon="check" title={t('admin.dues.none')} />}
    />
  )
}

/** What refused a due, in the bank's own words. */
function Problem({ code }: { code: string }) {
  const { data } = useProblemWords(code)
  return <small>{data?.title ?? code}</small>
}
