import { compareAmounts } from '@minga/i18n'

export type CellValue = string | number | boolean | null | undefined

/** Order of two cells; what is empty comes last. */
export function compareCells(one: unknown, other: unknown, type: string): number {
  const empty = (value: unknown) => value === null || value === undefined || value === ''
  if (empty(one) || empty(other)) return Number(empty(one)) - Number(empty(other))
  if (type === 'amount') return compareAmounts(String(one), String(other))
  if (typeof one === 'number' && typeof other === 'number') return one - other
  return String(one).localeCompare(String(other), undefined, { numeric: true })
}
