import { useEffect, useEffectEvent, type RefObject } from 'react'

export type Keys = Record<string, () => void>

/** `Ctrl+Enter`, `F2`, `Escape`: the name of a key with what is held down with it. */
export function nameOfKey(event: KeyboardEvent): string {
  const held = [event.ctrlKey && 'Ctrl', event.altKey && 'Alt', event.shiftKey && 'Shift']
  return [...held.filter(Boolean), event.key].join('+')
}

const OPENED = '[role="dialog"], [role="menu"]'

/** Dialogs, menus and help that are open take the keys of whatever lies under them. */
const liesUnder = (place: HTMLElement | null) =>
  [...document.querySelectorAll(OPENED)].some((opened) => !opened.contains(place))

/** Keys that work anywhere on the page while the component is shown; `place` is where it stands. */
export function useKeys(keys: Keys, place?: RefObject<HTMLElement | null>): void {
  const onKey = useEffectEvent((event: KeyboardEvent) => {
    const action = keys[nameOfKey(event)]
    if (action === undefined || event.defaultPrevented) return
    if (liesUnder(place?.current ?? null)) return
    event.preventDefault()
    action()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => onKey(event)
    window.addEventListener('keydown', listen)
    return () => window.removeEventListener('keydown', listen)
  }, [])
}
