import i18next, { type i18n } from 'i18next'
import { initReactI18next } from 'react-i18next'
import uiTextsEs from './texts/es.json'

export type Catalogue = Record<string, string>
export type CatalogueSources = Record<string, () => Promise<Catalogue>>

const UI_TEXTS: CatalogueSources = {
  en: () => import('./texts/en.json').then((module) => module.default),
}

/** The language every chain of fallbacks ends in. */
export const BASE_LANGUAGE = 'es'
const KEPT_LANGUAGE = 'minga.language'

export type TextOptions = {
  /** The application's own Spanish texts: shipped with it, so that nothing shows a bare key. */
  base: Catalogue
  /** Its texts in other languages, fetched when asked for. */
  sources: CatalogueSources
  /** The first language shown; without it the one kept on this device, the browser's, or Spanish. */
  language?: string
}

/** The texts of a part of the application that comes when it is opened. */
export type MoreTexts = { name: string; base: Catalogue; sources: CatalogueSources }

export class Texts {
  readonly i18n: i18n = i18next.createInstance()
  private loaded = new Map<string, Promise<void>>()
  private missing = new Set<string>()
  private more = new Map<string, { texts: MoreTexts; ready: Promise<void> }>()

  private constructor(private readonly options: TextOptions) {}

  /** Ready to show the first language when the promise resolves. */
  static async start(options: TextOptions): Promise<Texts> {
    const texts = new Texts(options)
    const language = options.language ?? keptLanguage() ?? browserLanguage(options.sources)
    await texts.i18n.use(initReactI18next).init({
      lng: BASE_LANGUAGE,
      fallbackLng: BASE_LANGUAGE,
      resources: { [BASE_LANGUAGE]: { translation: { ...uiTextsEs, ...options.base } } },
      keySeparator: false,
      nsSeparator: false,
      interpolation: { prefix: '{', suffix: '}', escapeValue: false },
      react: { useSuspense: false, bindI18nStore: 'added' },
      showSupportNotice: false,
      saveMissing: true,
      missingKeyHandler: (languages, _namespace, key) => {
        languages.forEach((tag) => texts.missing.add(`${tag}:${key}`))
      },
    })
    await texts.use(language)
    return texts
  }

  get language(): string {
    return this.i18n.language
  }

  /** Switches what is on screen; nothing a person has typed is touched. */
  async use(language: string): Promise<void> {
    await Promise.all(chainOf(language).map((tag) => this.load(tag)))
    await this.i18n.changeLanguage(language)
    document.documentElement.lang = language
    document.documentElement.dir = this.i18n.dir(language)
  }

  /** As `use`, remembered on this device. */
  async choose(language: string): Promise<void> {
    window.localStorage.setItem(KEPT_LANGUAGE, language)
    await this.use(language)
  }

  /** Whether someone chose a language on this device. */
  hasChoice(): boolean {
    return keptLanguage() !== undefined
  }

  /** Calls back with each language that comes on screen. */
  onLanguage(listener: (language: string) => void): () => void {
    this.i18n.on('languageChanged', listener)
    return () => this.i18n.off('languageChanged', listener)
  }

  /** Adds the texts of a part; ready for the language on screen when the promise resolves. */
  add(texts: MoreTexts): Promise<void> {
    const known = this.more.get(texts.name)
    if (known !== undefined) return known.ready
    const ready = this.bringPart(texts)
    this.more.set(texts.name, { texts, ready })
    return ready
  }

  /** Puts the tenant's wording over what was shipped. */
  override(language: string, catalogue: Catalogue): void {
    this.i18n.addResourceBundle(language, 'translation', catalogue, true, true)
  }

  /** Keys asked for and found in no language of the chain. */
  gaps(): string[] {
    return [...this.missing].sort()
  }

  private load(tag: string): Promise<void> {
    const known = this.loaded.get(tag)
    if (known !== undefined) return known
    const added = [...this.more.values()].map(({ texts }) => texts.sources[tag])
    const loading = this.bring(tag, [UI_TEXTS[tag], this.options.sources[tag], ...added])
    this.loaded.set(tag, loading)
    return loading
  }

  /** Waits a moment first: a page adds its texts while it renders, and every text on screen listens. */
  private async bringPart(texts: MoreTexts): Promise<void> {
    await Promise.resolve()
    this.i18n.addResourceBundle(BASE_LANGUAGE, 'translation', texts.base, true, false)
    await Promise.all([...this.loaded.keys()].map((tag) => this.bring(tag, [texts.sources[tag]])))
  }

  private async bring(tag: string, sources: (CatalogueSources[string] | undefined)[]) {
    const catalogues = await Promise.all(sources.map((source) => source?.()))
    for (const catalogue of catalogues)
      if (catalogue !== undefined)
        this.i18n.addResourceBundle(tag, 'translation', catalogue, true, false)
  }
}

/** `en-GB` needs `en-GB` and `en`; Spanish is always there. */
export function chainOf(language: string): string[] {
  const base = language.split('-')[0] ?? language
  return base === language ? [language] : [language, base]
}

function keptLanguage(): string | undefined {
  return window.localStorage.getItem(KEPT_LANGUAGE) ?? undefined
}

function browserLanguage(sources: CatalogueSources): string {
  const known = (tag: string) => tag === BASE_LANGUAGE || tag in sources
  const preferred = navigator.languages?.map((tag) => tag.split('-')[0] ?? tag).find(known)
  return preferred ?? BASE_LANGUAGE
}
