import { createContext, useContext, useMemo, type ReactNode } from 'react'
import { I18nextProvider, useTranslation } from 'react-i18next'
import { createFormats, type Formats } from './formats'
import { BASE_LANGUAGE, type Texts } from './texts'

type Language = {
  current: string
  /** Languages the tenant offers. */
  offered: string[]
  choose: (language: string) => void
}

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

export function TextsProvider({ texts, ...rest }: TextsProviderProps) {
  return (
    <I18nextProvider i18n={texts.i18n}>
      <Inner texts={texts} {...rest} />
    </I18nextProvider>
  )
}

function Inner({ texts, locale, offered, onChoose, children }: TextsProviderProps) {
  const { i18n } = useTranslation()
  const current = i18n.language
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
    <LanguageContext value={language}>
      <FormatsContext value={formats}>{children}</FormatsContext>
    </LanguageContext>
  )
}

/** `t('key', { placeholder })` in the language on screen. */
export function useT() {
  return useTranslation().t
}

export function useFormats(): Formats {
  return useContext(FormatsContext)
}

export function useLanguage(): Language {
  return useContext(LanguageContext)
}
