import { useT } from '@minga/i18n'
import { Icon, Menu } from '@minga/ui'
import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { useFitting } from './fitting'
import styles from './tabs.module.css'

export type Tab = {
  id: string
  label: string
  count?: number | undefined
  content: () => ReactNode
}
type TabsProps = { label: string; tabs: Tab[]; name?: string }

/** Where a key leads from a tab, of so many. */
const STEPS: Record<string, (at: number, of: number) => number> = {
  ArrowRight: (at, of) => (at + 1) % of,
  ArrowLeft: (at, of) => (at - 1 + of) % of,
  Home: () => 0,
  End: (_, of) => of - 1,
}

/**
 * Pages of one thing, one at a time. The open one is in the address, so that back works. Those that
 * do not fit the screen are in a menu beside the row; the open one is always in the row, and arrow
 * keys walk through all of them.
 */
export function Tabs({ label, tabs, name = 'tab' }: TabsProps) {
  const t = useT()
  const id = useId()
  const row = useRef<HTMLDivElement>(null)
  const list = useRef<HTMLDivElement>(null)
  const more = useRef<HTMLDivElement>(null)
  const walked = useRef(false)
  const [params, setParams] = useSearchParams()
  const wanted = params.get(name)
  const at = Math.max(
    0,
    tabs.findIndex((tab) => tab.id === wanted),
  )
  const open = tabs[at]
  const written = JSON.stringify(tabs.map((tab) => [tab.id, tab.label, tab.count]))
  const held = useFitting({ row, list, more, written, count: tabs.length, open: at })
  useEffect(() => {
    if (walked.current) list.current?.querySelector<HTMLElement>('[aria-selected="true"]')?.focus()
    walked.current = false
  }, [at])
  if (open === undefined) return null

  const show = (tab: Tab) => {
    const next = new URLSearchParams(params)
    next.set(name, tab.id)
    setParams(next, { replace: true })
  }
  const walk = (event: KeyboardEvent) => {
    const next = tabs[STEPS[event.key]?.(at, tabs.length) ?? -1]
    if (next === undefined) return
    event.preventDefault()
    walked.current = true
    show(next)
  }
  const rest = held === null ? tabs : tabs.filter((_, place) => !held.includes(place))

  return (
    <>
      <div ref={row} className={styles.row} data-screen-only>
        <div ref={list} role="tablist" aria-label={label} className={styles.tabs}>
          {tabs.map((tab, place) =>
            held === null || held.includes(place) ? (
              <button
                key={tab.id}
                type="button"
                role="tab"
                id={`${id}-${tab.id}`}
                aria-controls={`${id}-panel`}
                aria-selected={tab === open}
                aria-posinset={place + 1}
                aria-setsize={tabs.length}
                tabIndex={tab === open ? 0 : -1}
                className={styles.tab}
                onClick={() => show(tab)}
                onKeyDown={walk}
              >
                {tab.label}
                <Count of={tab} />
              </button>
            ) : null,
          )}
        </div>
        {rest.length > 0 && (
          <div ref={more} className={styles.more}>
            <Menu
              trigger={
                <button type="button" className={styles.tab}>
                  {t('admin.tabs.more')}
                  <span className={styles.count}>{rest.length}</span>
                  <Icon name="chevron-down" size={16} />
                </button>
              }
              items={rest.map((tab) => ({ label: tab.label, onSelect: () => show(tab) }))}
            />
          </div>
        )}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${open.id}`}>
        {open.content()}
      </div>
    </>
  )
}

function Count({ of: { count } }: { of: Tab }) {
  return count === undefined ? null : <span className={styles.count}>{count}</span>
}
