import { useEffect, useId, useRef, type KeyboardEvent, type ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import styles from './tabs.module.css'

export type Tab = {
  id: string
  label: string
  count?: number | undefined
  content: () => ReactNode
}
type TabsProps = { label: string; tabs: Tab[]; name?: string }

const STEPS: Record<string, number> = { ArrowRight: 1, ArrowLeft: -1 }

/** Where the tabs are wider than the screen, the open one is seen; the page itself does not move. */
function bringIntoView(list: HTMLElement | null) {
  const open = list?.querySelector('[aria-selected="true"]')
  if (!list || !open) return
  const [row, tab] = [list.getBoundingClientRect(), open.getBoundingClientRect()]
  if (tab.left < row.left) list.scrollLeft -= row.left - tab.left
  if (tab.right > row.right) list.scrollLeft += tab.right - row.right
}

/** Pages of one thing, one at a time. The open one is in the address, so that back works. */
export function Tabs({ label, tabs, name = 'tab' }: TabsProps) {
  const id = useId()
  const list = useRef<HTMLDivElement>(null)
  const [params, setParams] = useSearchParams()
  const wanted = params.get(name)
  const open = tabs.find((tab) => tab.id === wanted) ?? tabs[0]
  const openId = open?.id
  useEffect(() => bringIntoView(list.current), [openId])
  if (open === undefined) return null

  const show = (tab: Tab) => {
    const next = new URLSearchParams(params)
    next.set(name, tab.id)
    setParams(next, { replace: true })
  }
  const walk = (event: KeyboardEvent) => {
    const step = STEPS[event.key]
    if (step === undefined) return
    event.preventDefault()
    const at = (tabs.indexOf(open) + step + tabs.length) % tabs.length
    const next = tabs[at]
    if (next === undefined) return
    show(next)
    list.current?.querySelectorAll<HTMLElement>('[role="tab"]')[at]?.focus()
  }

  return (
    <>
      <div ref={list} role="tablist" aria-label={label} className={styles.tabs} data-screen-only>
        {tabs.map((tab) => (
          <button
            key={tab.id}
            type="button"
            role="tab"
            id={`${id}-${tab.id}`}
            aria-controls={`${id}-panel`}
            aria-selected={tab === open}
            tabIndex={tab === open ? 0 : -1}
            className={styles.tab}
            onClick={() => show(tab)}
            onKeyDown={walk}
          >
            {tab.label}
            {tab.count !== undefined && <span className={styles.count}>{tab.count}</span>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id={`${id}-panel`} aria-labelledby={`${id}-${open.id}`}>
        {open.content()}
      </div>
    </>
  )
}
