/** The language every chain of fallbacks ends in. */
export const BASE_LANGUAGE = 'es'
const KEPT_LANGUAGE = 'minga.language'

/** The language someone chose on this device. */
export function keptLanguage(): string | undefined {
  return window.localStorage.getItem(KEPT_LANGUAGE) ?? undefined
}

export function keepLanguage(language: string): void {
  window.localStorage.setItem(KEPT_LANGUAGE, language)
}

function browserLanguage(offered: string[]): string {
  const known = (tag: string) => tag === BASE_LANGUAGE || offered.includes(tag)
  const preferred = navigator.languages?.map((tag) => tag.split('-')[0] ?? tag).find(known)
  return preferred ?? BASE_LANGUAGE
}

/**
 * The language to begin in: the one kept on this device, else the person's own where they are known,
 * else the browser's among those `offered` beside Spanish, else Spanish.
 */
export function firstLanguage(offered: string[], own?: string | null): string {
  return keptLanguage() ?? own ?? browserLanguage(offered)
}
