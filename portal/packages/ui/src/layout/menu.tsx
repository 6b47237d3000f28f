import {
  cloneElement,
  lazy,
  Suspense,
  useState,
  type ComponentProps,
  type ReactElement,
} from 'react'
import type { IconName } from '../icons/icon'

const load = () => import('./opening-menu')
const OpeningMenu = lazy(load)

export type MenuItem = {
  label: string
  icon?: IconName
  onSelect: () => void
  danger?: boolean
  /** A line before the item. */
  separated?: boolean
  /** Language of the label when it is not that of the page. */
  lang?: string
}

/** What a menu offers; as a function where it is not to be worked out before somebody opens it. */
export type MenuItems = MenuItem[] | (() => MenuItem[])

type TriggerProps = ComponentProps<'button'>

export type MenuProps = {
  /** The button that opens it, which also names it. */
  trigger: ReactElement<TriggerProps>
  heading?: ReactElement
  items: MenuItems
}

/**
 * A menu under its button: arrow keys, Esc, focus given back. What makes it work is fetched when
 * somebody reaches for the button, and opens with the first press.
 */
export function Menu(props: MenuProps) {
  const [wanted, setWanted] = useState(false)
  const prepare = () => void load()
  const button = cloneElement(props.trigger, {
    'aria-haspopup': 'menu',
    'aria-expanded': false,
    // Swapped for the working one only when that has come, so that the focus is lost to neither.
    onClick: () => void load().then(() => setWanted(true)),
    onFocus: prepare,
    onPointerEnter: prepare,
  })
  if (!wanted) return button
  return (
    <Suspense fallback={button}>
      <OpeningMenu {...props} />
    </Suspense>
  )
}
