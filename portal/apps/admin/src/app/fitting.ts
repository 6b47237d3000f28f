import { useLayoutEffect, useState, type RefObject } from 'react'

/** Widths in pixels: of each tab in its order, of the button for the rest, and between two of them. */
export type Widths = { tabs: readonly number[]; more: number; gap: number }

/**
 * Which of the tabs (by place) a row of this width holds: all of them, or the first ones beside the
 * button for the rest. The open one is always among them.
 */
export function fitting({ tabs, more, gap }: Widths, room: number, open: number): number[] {
  const places = tabs.map((_, place) => place)
  const wide = (place: number) => (tabs[place] ?? 0) + gap
  const whole = places.reduce((sum, place) => sum + wide(place), -gap)
  if (whole <= room) return places
  let left = room - more - wide(open)
  const held = [open]
  for (const place of places) {
    if (place === open) continue
    left -= wide(place)
    if (left < 0) break
    held.push(place)
  }
  return held.sort((one, other) => one - other)
}

/** Width of an element, followed as it changes. */
function useRoom(element: RefObject<HTMLElement | null>): number {
  const [room, setRoom] = useState(Infinity)
  useLayoutEffect(() => {
    const watched = element.current
    if (watched === null) return
    const take = () => setRoom(watched.clientWidth)
    take()
    const observer = new ResizeObserver(take)
    observer.observe(watched)
    return () => observer.disconnect()
  }, [element])
  return room
}

type Row = {
  row: RefObject<HTMLElement | null>
  list: RefObject<HTMLElement | null>
  more: RefObject<HTMLElement | null>
  /** What is written on the tabs; measured anew when it changes. */
  written: string
  count: number
  open: number
}

/** The places of the tabs that fit now, or null while all of them and the button are drawn to be measured. */
export function useFitting({ row, list, more, written, count, open }: Row): number[] | null {
  const room = useRoom(row)
  const [measured, setMeasured] = useState<{ written: string; widths: Widths } | null>(null)
  const known = measured?.written === written ? measured.widths : null
  useLayoutEffect(() => {
    const drawn = list.current
    if (known !== null || drawn === null) return
    const widths = {
      tabs: Array.from(drawn.children, (tab) => (tab as HTMLElement).offsetWidth),
      more: more.current?.offsetWidth ?? 0,
      gap: Number.parseFloat(getComputedStyle(drawn).columnGap) || 0,
    }
    // eslint-disable-next-line react-hooks/set-state-in-effect -- what was drawn is measured before it is seen
    setMeasured({ written, widths })
  }, [known, written, list, more])
  if (known === null || known.tabs.length !== count) return null
  return fitting(known, room, open)
}
