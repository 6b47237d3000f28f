import type { TFunction } from 'i18next'
import { createContext, useContext, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import { createFormats, type Formats } from './formats'
import { BASE_LANGUAGE } from './first-language'
import type { Texts } from './texts'

type Language = {
  current: string
  /** Languages the tenant offers. */
  offered: string[]
  choose: (language: string) => void
}

const TextContext = createContext<TFunction | null>(null)
const FormatsContext = createContext<Formats>(createFormats('es-EC', 'es'))
const LanguageContext = createContext<Language>({
  current: BASE_LANGUAGE,
  offered: [BASE_LANGUAGE],
  choose: () => undefined,
})

export type TextsProviderProps = {
  texts: Texts
  /** The tenant's locale, e.g. `es-EC`. */
  locale: string
  offered: string[]
  /** Told after the person has chosen, e.g. to save it with their user. */
  onChoose?: (language: string) => void
  children: ReactNode
}

export function TextsProvider({ texts, locale, offered, onChoose, children }: TextsProviderProps) {
  const t = useSyncExternalStore(texts.subscribe, texts.snapshot)
  const current = texts.language
  const formats = useMemo(() => createFormats(locale, current), [locale, current])
  const language = useMemo(
    () => ({
      current,
      offered,
      choose: (tag: string) => {
        void texts.choose(tag).then(() => onChoose?.(tag))
      },
    }),
    [current, offered, onChoose, texts],
  )
  return (
    <TextContext value={t}>
      <LanguageContext value={language}>
        <FormatsContext value={formats}>{children}</FormatsContext>
      </LanguageContext>
    </TextContext>
  )
}

/** `t('key', { placeholder })` in the language on screen. */
export function useT(): TFunction {
  const t = useContext(TextContext)
  if (t === null) throw new Error('TextsProvider is missing')
  return t
}

export function useFormats(): Formats {
  return useContext(FormatsContext)
}

export function useLanguage(): Language {
  return useContext(LanguageContext)
}
