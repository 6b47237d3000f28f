/** Lower case, without accents nor outer spaces: how texts are compared when people search. */
export function plainText(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase().trim()
}
