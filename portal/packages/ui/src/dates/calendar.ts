/** Calendar arithmetic on `YYYY-MM-DD`, free of time zones. */
const DAY_MILLIS = 86_400_000

const toUtc = (iso: string) => Date.parse(`${iso}T00:00:00Z`)
const toIso = (millis: number) => new Date(millis).toISOString().slice(0, 10)

export function isDate(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(toUtc(text))
}

export function addDays(iso: string, days: number): string {
  return toIso(toUtc(iso) + days * DAY_MILLIS)
}

/** The same day of another month, or its last day where the month is shorter. */
export function addMonths(iso: string, months: number): string {
  const [year = 0, month = 1, day = 1] = iso.split('-').map(Number)
  const first = new Date(Date.UTC(year, month - 1 + months, 1))
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  return toIso(first.getTime() + (Math.min(day, last) - 1) * DAY_MILLIS)
}

export function startOfMonth(iso: string): string {
  return `${iso.slice(0, 8)}01`
}

export function endOfMonth(iso: string): string {
  return addDays(startOfMonth(addMonths(startOfMonth(iso), 1)), -1)
}

export function startOfYear(iso: string): string {
  return `${iso.slice(0, 5)}01-01`
}
