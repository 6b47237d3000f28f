import { useT } from '@minga/i18n'
import {
  flexRender,
  getCoreRowModel,
  getSortedRowModel,
  useReactTable,
  type ColumnDef,
  type Header,
  type Row,
  type RowData,
  type SortingState,
} from '@tanstack/react-table'
import { useMemo, useState, type KeyboardEvent, type ReactNode } from 'react'
import { EmptyState } from '../feedback/states'
import { SkeletonRows } from '../feedback/skeleton'
import { Icon } from '../icons/icon'
import { compareCells, type CellValue } from './compare'
import styles from './data-table.module.css'

export type Column<T> = {
  id: string
  header: string
  /** What is shown; without it, `value` as text. */
  cell?: (row: T) => ReactNode
  /** What is sorted by. Amounts as decimal text sort exactly when `type` is `amount`. */
  value?: (row: T) => CellValue
  type?: 'text' | 'amount' | 'number' | 'date'
  sortable?: boolean
  /** Left out of the cards shown on a phone. */
  wideOnly?: boolean
}

export type DataTableProps<T> = {
  /** Names the table for assistive technology. */
  caption: string
  columns: Column<T>[]
  rows: T[]
  rowId: (row: T) => string
  loading?: boolean
  empty?: ReactNode
  /** Makes rows reachable with the arrow keys and opened with Enter or a press. */
  onOpen?: (row: T) => void
  initialSort?: { id: string; descending?: boolean }
  /** Shown above the table: filters, exports. */
  toolbar?: ReactNode
  /** Totals, in the order of the columns. */
  footer?: ReactNode[]
  /** Shown under the table: "load more". */
  after?: ReactNode
}

const RIGHT = new Set(['amount', 'number'])

declare module '@tanstack/react-table' {
  // eslint-disable-next-line @typescript-eslint/no-unused-vars -- the library declares both parameters
  interface ColumnMeta<TData extends RowData, TValue> {
    right: boolean
    wideOnly: boolean
    header: string
  }
}

function definitionOf<T>(column: Column<T>): ColumnDef<T> {
  const { value, cell, type = 'text' } = column
  return {
    id: column.id,
    header: column.header,
    accessorFn: (row) => value?.(row) ?? '',
    // asked for anew, not `getValue`: the library keeps values, and words change with the language
    cell: ({ row }) => (cell ? cell(row.original) : String(value?.(row.original) ?? '')),
    enableSorting: column.sortable ?? value !== undefined,
    sortingFn: (one, other, id) => compareCells(one.getValue(id), other.getValue(id), type),
    meta: { right: RIGHT.has(type), wideOnly: column.wideOnly ?? false, header: column.header },
  }
}

/** Sortable rows that become cards on a phone. */
export function DataTable<T>(props: DataTableProps<T>) {
  const { caption, columns, rows, rowId, loading, empty, onOpen, initialSort, footer } = props
  const t = useT()
  const start = initialSort && [{ id: initialSort.id, desc: initialSort.descending ?? false }]
  const [sorting, setSorting] = useState<SortingState>(start ?? [])
  const definitions = useMemo(() => columns.map(definitionOf), [columns])
  // eslint-disable-next-line react-hooks/incompatible-library -- the table's functions are used only while rendering
  const table = useReactTable({
    data: rows,
    columns: definitions,
    state: { sorting },
    onSortingChange: setSorting,
    getRowId: rowId,
    getCoreRowModel: getCoreRowModel(),
    getSortedRowModel: getSortedRowModel(),
  })
  const body = table.getRowModel().rows
  const bare = !loading && rows.length === 0
  return (
    <div className={styles.whole}>
      {props.toolbar && <div className={styles.toolbar}>{props.toolbar}</div>}
      {loading && <SkeletonRows />}
      {bare && (empty ?? <EmptyState title={t('ui.table.empty')} icon="list" />)}
      {!loading && !bare && (
        <div className={styles.scroll}>
          <table className={styles.table}>
            <caption className="visually-hidden">{caption}</caption>
            <thead>
              {table.getHeaderGroups().map((group) => (
                <tr key={group.id}>
                  {group.headers.map((header) => (
                    <HeaderCell key={header.id} header={header} />
                  ))}
                </tr>
              ))}
            </thead>
            <tbody>
              {body.map((row, index) => (
                <BodyRow key={row.id} row={row} onOpen={onOpen} first={index === 0} />
              ))}
            </tbody>
            {footer && <Footer cells={footer} columns={columns} />}
          </table>
        </div>
      )}
      {props.after}
    </div>
  )
}

function HeaderCell<T>({ header }: { header: Header<T, unknown> }) {
  const { column } = header
  const sorted = column.getIsSorted()
  const right = column.columnDef.meta?.right || undefined
  const text = flexRender(column.columnDef.header, header.getContext())
  const order = sorted === 'asc' ? 'ascending' : sorted === 'desc' ? 'descending' : 'none'
  if (!column.getCanSort())
    return (
      <th scope="col" data-right={right}>
        {text}
      </th>
    )
  const icon = sorted === 'asc' ? 'sort-up' : sorted === 'desc' ? 'sort-down' : 'sort'
  return (
    <th scope="col" aria-sort={order} data-right={right}>
      <button
        type="button"
        className={styles.sort}
        data-sorted={sorted || undefined}
        onClick={column.getToggleSortingHandler()}
      >
        {text}
        <Icon name={icon} size={15} />
      </button>
    </th>
  )
}

type BodyRowProps<T> = { row: Row<T>; onOpen: ((row: T) => void) | undefined; first: boolean }

function BodyRow<T>({ row, onOpen, first }: BodyRowProps<T>) {
  const open = onOpen && (() => onOpen(row.original))
  const interactive = open && {
    tabIndex: first ? 0 : -1,
    onClick: open,
    onKeyDown: (event: KeyboardEvent<HTMLTableRowElement>) => moveOrOpen(event, open),
    'data-opens': true,
  }
  return (
    <tr {...interactive}>
      {row.getVisibleCells().map((cell) => {
        const meta = cell.column.columnDef.meta
        return (
          <td
            key={cell.id}
            data-label={meta?.header}
            data-right={meta?.right || undefined}
            data-wide-only={meta?.wideOnly || undefined}
          >
            {flexRender(cell.column.columnDef.cell, cell.getContext())}
          </td>
        )
      })}
    </tr>
  )
}

/** Arrow keys walk the rows, Enter opens; keys pressed inside a cell's own control are its own. */
function moveOrOpen(event: KeyboardEvent<HTMLTableRowElement>, open: () => void) {
  const row = event.currentTarget
  if (event.target !== row) return
  if (event.key === 'Enter') return open()
  const step = { ArrowDown: 'nextElementSibling', ArrowUp: 'previousElementSibling' } as const
  if (event.key !== 'ArrowDown' && event.key !== 'ArrowUp') return
  event.preventDefault()
  const next = row[step[event.key]]
  if (next instanceof HTMLElement) next.focus()
}

function Footer<T>({ cells, columns }: { cells: ReactNode[]; columns: Column<T>[] }) {
  return (
    <tfoot>
      <tr>
        {columns.map((column, index) => (
          <td
            key={column.id}
            data-label={column.header}
            data-right={RIGHT.has(column.type ?? '') || undefined}
          >
            {cells[index]}
          </td>
        ))}
      </tr>
    </tfoot>
  )
}
