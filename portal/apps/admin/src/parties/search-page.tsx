import { useT } from '@minga/i18n'
import {
  ButtonLink,
  Card,
  CheckField,
  DataTable,
  EmptyState,
  ErrorState,
  Icon,
  PageHeader,
  Segments,
  SkeletonRows,
  Stack,
  type Column,
} from '@minga/ui'
import { useRef, useState, type KeyboardEvent } from 'react'
import { useNavigate, useSearchParams } from 'react-router'
import { useMay } from '../app/me'
import { useLater } from '../app/use-later'
import styles from './parties.module.css'
import { isSought, usePeople, type Person, type SearchBy } from './people'
import { PersonState } from './person-state'

const WAYS: SearchBy[] = ['any', 'name', 'document', 'number', 'phone']

/** One box for members: what is typed is understood as name, document, number or telephone. */
export default function SearchPage() {
  const t = useT()
  const may = useMay()
  const list = useRef<HTMLDivElement>(null)
  const [params, setParams] = useSearchParams()
  const [text, setText] = useState(params.get('q') ?? '')
  const [by, setBy] = useState<SearchBy>('any')
  const [inactive, setInactive] = useState(false)
  const sought = useLater(text)
  const people = usePeople(sought, by, inactive)

  const type = (typed: string) => {
    setText(typed)
    setParams(typed === '' ? {} : { q: typed }, { replace: true })
  }
  /** Down or Enter from the box goes to the list; Enter there opens. */
  const intoList = (event: KeyboardEvent) => {
    if (event.key !== 'ArrowDown' && event.key !== 'Enter') return
    const first = list.current?.querySelector<HTMLElement>('tbody tr[tabindex]')
    if (!first) return
    event.preventDefault()
    first.focus()
  }
  return (
    <Stack>
      <PageHeader
        title={t('admin.search.title')}
        subtitle={t('admin.search.text')}
        actions={
          may('parties.register') && (
            <ButtonLink to="/parties/new" tone="primary" icon="plus">
              {t('admin.search.register')}
            </ButtonLink>
          )
        }
      />
      <Card flush>
        <div className={styles.search}>
          <label className={styles.box}>
            <Icon name="search" size={22} />
            <span className="visually-hidden">{t('admin.search.box')}</span>
            <input
              type="search"

              autoFocus
              autoComplete="off"
              spellCheck={false}
              placeholder={t('admin.search.box')}
              value={text}
              onChange={(event) => type(event.currentTarget.value)}
              onKeyDown={intoList}
            />
          </label>
          <div className={styles.ways}>
            <Segments
              label={t('admin.search.by')}
              value={by}
              onChange={setBy}
              options={WAYS.map((way) => ({ value: way, label: t(`admin.search.by.${way}`) }))}
            />
            <CheckField
              label={t('admin.search.inactive')}
              checked={inactive}
              onChange={setInactive}
            />
          </div>
        </div>
        <div ref={list} aria-live="polite">
          {!isSought(sought) ? (
            <EmptyState
              icon="people"
              title={t('admin.search.start')}
              description={t('admin.search.start_text')}
            />
          ) : people.isError ? (
            <ErrorState error={people.error} onRetry={() => void people.refetch()} compact />
          ) : people.data === undefined ? (
            <SkeletonRows rows={5} />
          ) : (
            <PeopleTable people={people.data.items} />
          )}
        </div>
      </Card>
    </Stack>
  )
}

function PeopleTable({ people }: { people: Person[] }) {
  const t = useT()
  const navigate = useNavigate()
  const columns: Column<Person>[] = [
    {
      id: 'name',
      header: t('admin.person.name'),
      cell: (person) => (
        <span className={styles.person}>
          <Icon name={person.kind === 'legal' ? 'branch' : 'account'} size={20} />
          <span>
            <strong>{person.name}</strong>
            {person.former_document && (
              <small>
                {t('admin.search.former', { number: person.former_document.document_number })}
              </small>
            )}
          </span>
        </span>
      ),
    },
    {
      id: 'document',
      header: t('admin.person.document'),
      cell: (person) => `${person.document_type} ${person.document_number}`,
    },
    {
      id: 'number',
      header: t('admin.person.number'),
      type: 'number',
      cell: (person) => person.number,
    },
    { id: 'mobile', header: t('admin.person.mobile'), cell: (person) => person.mobile },
    { id: 'branch', header: t('admin.branch'), cell: (person) => person.branch, wideOnly: true },
    {
      id: 'state',
      header: t('admin.person.state'),
      cell: (person) => <PersonState state={person.state} />,
    },
  ]
  return (
    <DataTable
      caption={t('admin.search.title')}
      columns={columns}
      rows={people}
      rowId={(person) => person.id}
      onOpen={(person) => void navigate(`/parties/${person.id}`)}
      empty={
        <EmptyState
          icon="search"
          title={t('admin.search.none')}
          description={t('admin.search.none_text')}
        />
      }
    />
  )
}
