import type { MockCall } from './router'

export const DAY_MILLIS = 86_400_000
export const inEnglish = (call: MockCall) => call.language === 'en'
export const daysLater = (date: string, days: number) =>
  new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MILLIS).toISOString().slice(0, 10)
export const monthsLater = (date: string, months: number) => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(day, last)))
    .toISOString()
    .slice(0, 10)
}

export const tenantIn = ({ query, body }: MockCall) =>
  query.get('tenant') ?? (body as { tenant?: string } | undefined)?.tenant ?? ''

export const NOT_OFFERED = {
  es: 'No hay un producto de ese nombre que usted pueda simular.',
  en: 'There is no product of that name that you may simulate.',
}
