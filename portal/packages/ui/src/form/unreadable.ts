/** Marks a field whose text cannot be read: what it hands on is not what the person sees. */
export const unreadable = (wrong: boolean) => (wrong ? { 'data-unreadable': true } : {})

/** Whether a field of the form holds text that it cannot read; the first of them gets the focus. */
export function holdsUnreadable(form: HTMLFormElement): boolean {
  const field = form.querySelector<HTMLElement>('[data-unreadable]')
  field?.focus()
  return field !== null
}
