/** Exact decimal text without the zeros at its end, but for two. */
export function trimmed(text: string): string {
  const [whole = '0', fraction = ''] = text.split('.')
  const kept = fraction.replace(/0+$/, '').padEnd(Math.min(2, fraction.length), '0')
  return kept === '' ? whole : `${whole}.${kept}`
}
