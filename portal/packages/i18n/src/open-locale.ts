/**
 * Opens what the browser knows of a locale, which takes a phone tens of milliseconds the first time,
 * so that the first date and the first amount of a page do not wait for it.
 */
export function openLocale(locale: string): void {
  new Intl.DateTimeFormat(locale, { dateStyle: 'short' }).format(0)
  new Intl.NumberFormat(locale).format(0)
}
