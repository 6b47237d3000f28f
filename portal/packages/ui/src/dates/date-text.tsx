import { useFormats, type DateStyle } from '@minga/i18n'

/** A calendar date (`2026-03-31`) in the tenant's order. */
export function DateText({ value, style }: { value: string; style?: DateStyle }) {
  const formats = useFormats()
  return <time dateTime={value}>{formats.date(value, style)}</time>
}

/** An instant, in the reader's time zone. */
export function DateTimeText({ value }: { value: string }) {
  const formats = useFormats()
  return <time dateTime={value}>{formats.dateTime(value)}</time>
}
