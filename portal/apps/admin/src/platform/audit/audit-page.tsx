import { unwrap } from '@minga/api-client'
import { useT } from '@minga/i18n'
import {
  Badge,
  Button,
  Card,
  DataTable,
  DateField,
  DateTimeText,
  EmptyState,
  PageHeader,
  SelectField,
  Stack,
  TextField,
  type Column,
} from '@minga/ui'
import { useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import type { Item } from '../../app/answers'
import { Asked } from '../../app/asked'
import { ChoiceField } from '../../app/choice-field'
import { useClient } from '../../app/context'
import { Coded, Identified } from '../../app/identified'
import { OWN } from '../../app/queries'
import { useLater } from '../../app/use-later'
import { EventDialog } from './event-dialog'
import styles from './audit.module.css'
import { isPattern, useOperations } from './operations'
import { Verification } from './verification'

export type AuditEvent = Item<'/platform/audit-events'>
type Kind = '' | 'write' | 'read' | 'security' | 'session'
type Search = {
  actor: string
  operation: string
  entity: string
  kind: Kind
  from: string
  to: string
}

const NOTHING: Search = { actor: '', operation: '', entity: '', kind: '', from: '', to: '' }
const KINDS: Kind[] = ['write', 'read', 'security', 'session']

/** Only what was asked for goes into the query. */
const asked = (search: Search) =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== '')) as Partial<Search>

function useEvents(search: Search) {
  const client = useClient()
  return useInfiniteQuery({
    queryKey: [OWN, 'audit', search],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam: cursor }) =>
      unwrap(
        client.GET('/platform/audit-events', {
          params: { query: { ...asked(search), ...(cursor === undefined ? {} : { cursor }) } },
        }),
      ),
    getNextPageParam: (page) => page.next_cursor ?? undefined,
    placeholderData: (previous) => previous,
  })
}

/** Who did what, and proof that nothing of it was altered. */
export default function AuditPage() {
  const t = useT()
  const [search, setSearch] = useState(NOTHING)
  const [open, setOpen] = useState<AuditEvent | null>(null)
  const events = useEvents(useLater(search))
  const operations = useOperations()
  const write = (name: keyof Search) => (event: { currentTarget: { value: string } }) =>
    setSearch({ ...search, [name]: event.currentTarget.value })
  return (
    <Stack>
      <PageHeader title={t('admin.audit.title')} subtitle={t('admin.audit.text')} />
      <Verification />
      <Card>
        <div className={styles.filters}>
          <TextField
            label={t('admin.audit.actor')}
            value={search.actor}
            onChange={write('actor')}
          />
          <ChoiceField
            label={t('admin.audit.operation')}
            placeholder={t('admin.audit.operation_hint')}
            options={operations}
            accepts={isPattern}
            value={search.operation}
            onChange={(operation) => setSearch({ ...search, operation })}
          />
          <TextField
            label={t('admin.audit.entity')}
            value={search.entity}
            onChange={write('entity')}
          />
          <SelectField
            label={t('admin.audit.kind')}
            placeholder={t('admin.all')}
            options={KINDS.map((kind) => ({ value: kind, label: t(`admin.audit.kind.${kind}`) }))}
            value={search.kind}
            onChange={write('kind')}
          />
          <DateField
            label={t('ui.range.from')}
            value={search.from}
            onChange={(from) => setSearch({ ...search, from })}
          />
          <DateField
            label={t('ui.range.to')}
            value={search.to}
            onChange={(to) => setSearch({ ...search, to })}
          />
        </div>
      </Card>
      <Card flush>
        <Asked query={events}>
          {(found) => (
            <EventTable events={found.pages.flatMap((page) => page.items)} onOpen={setOpen} />
          )}
        </Asked>
        {events.hasNextPage && (
          <div className={styles.more}>
            <Button busy={events.isFetchingNextPage} onClick={() => void events.fetchNextPage()}>
              {t('admin.more')}
            </Button>
          </div>
        )}
      </Card>
      {open && <EventDialog event={open} onClose={() => setOpen(null)} />}
    </Stack>
  )
}

const TONES: Record<string, 'plain' | 'brand' | 'warn' | 'bad'> = {
  write: 'brand',
  security: 'bad',
  session: 'warn',
}

type EventTableProps = { events: AuditEvent[]; onOpen: (event: AuditEvent) => void }

function EventTable({ events, onOpen }: EventTableProps) {
  const t = useT()
  const columns: Column<AuditEvent>[] = [
    { id: 'at', header: t('admin.audit.at'), cell: (event) => <DateTimeText value={event.at} /> },
    {
      id: 'actor',
      header: t('admin.audit.actor'),
      cell: (event) => event.actor_name || event.actor,
    },
    {
      id: 'kind',
      header: t('admin.audit.kind'),
      cell: (event) => (
        <Badge tone={TONES[event.kind] ?? 'plain'}>
          {t(`admin.audit.kind.${event.kind}`, event.kind)}
        </Badge>
      ),
    },
    {
      id: 'operation',
      header: t('admin.audit.operation'),
      cell: (event) => <Coded name={event.operation_name} code={event.operation} />,
    },
    {
      id: 'entity',
      header: t('admin.audit.entity'),
      cell: (event) => <Identified name={event.entity_name} id={event.entity} />,
      wideOnly: true,
    },
    {
      id: 'changes',
      header: t('admin.audit.changes'),
      type: 'number',
      cell: (event) => event.changes.length || '',
    },
    { id: 'branch', header: t('admin.branch'), cell: (event) => event.branch, wideOnly: true },
  ]
  return (
    <DataTable
      caption={t('admin.audit.title')}
      columns={columns}
      rows={events}
      rowId={(event) => event.id}
      onOpen={onOpen}
      empty={<EmptyState icon="search" title={t('admin.audit.none')} />}
    />
  )
}
