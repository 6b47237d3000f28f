/**
 * One thing a person means to do once. Its key goes with every try of the same request, so that a
 * retry after a lost answer has no second effect; a new intention takes a new key.
 */
export type Intention = { readonly key: string }

export function newIntention(): Intention {
  return { key: crypto.randomUUID() }
}

/** Options for a write: `client.POST(path, { ...intended(intention), body })`. */
export function intended(intention: Intention, ifMatch?: string | null) {
  const headers: Record<string, string> = { 'Idempotency-Key': intention.key }
  if (ifMatch) headers['If-Match'] = ifMatch
  return { headers }
}
