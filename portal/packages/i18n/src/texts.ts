import i18next, { type i18n, type TFunction } from 'i18next'
import { BASE_LANGUAGE, firstLanguage, keepLanguage, keptLanguage } from './first-language'
import uiTextsEs from './texts/es.json'

export type Catalogue = Record<string, string>
export type CatalogueSources = Record<string, () => Promise<Catalogue>>

const UI_TEXTS: CatalogueSources = {
  en: () => import('./texts/en.json').then((module) => module.default),
}

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
  private listeners = new Set<() => void>()
  private translate: TFunction = this.i18n.t
  private more = new Map<string, { texts: MoreTexts; ready: Promise<void> }>()

  private constructor(private readonly options: TextOptions) {}

  /** Ready to show the first language when the promise resolves. */
  static async start(options: TextOptions): Promise<Texts> {
    const texts = new Texts(options)
    const language = options.language ?? firstLanguage(Object.keys(options.sources))
    await texts.i18n.init({
      lng: BASE_LANGUAGE,
      fallbackLng: BASE_LANGUAGE,
      resources: { [BASE_LANGUAGE]: { translation: { ...uiTextsEs, ...options.base } } },
      keySeparator: false,
      nsSeparator: false,
      interpolation: { prefix: '{', suffix: '}', escapeValue: false },
      showSupportNotice: false,
      saveMissing: true,
      missingKeyHandler: (languages, _namespace, key) => {
        languages.forEach((tag) => texts.missing.add(`${tag}:${key}`))
      },
    })
    await texts.use(language)
    texts.i18n.on('languageChanged', texts.renew)
    texts.i18n.store.on('added', texts.renew)
    texts.renew()
    return texts
  }

  /** Calls back when anything on screen may read differently. */
  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** `t('key', { placeholder })` in the language on screen; another function when texts have changed. */
  readonly snapshot = () => this.translate

  private readonly renew = () => {
    this.translate = this.i18n.getFixedT(this.i18n.language)
    this.listeners.forEach((listener) => listener())
  }

  get language(): string {
    return this.i18n.language
  }

  /** Switches what is on screen; nothing a person has typed is touched. */
  async use(language: string): Promise<void> {
    await Promise.all(chainOf(language).map((tag) => this.load(tag)))
    // The same language again would only have everything drawn again.
    if (language !== this.i18n.language) await this.i18n.changeLanguage(language)
    document.documentElement.lang = language
    document.documentElement.dir = this.i18n.dir(language)
  }

  /** As `use`, remembered on this device. */
  async choose(language: string): Promise<void> {
    keepLanguage(language)
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
