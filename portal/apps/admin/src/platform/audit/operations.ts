import { useLanguage } from '@minga/i18n'
import type { Option } from '@minga/ui'
import { useWords } from '../../app/values'

const PREFIX = 'operation.'

/** Every operation by its name in the reader's language, in the order of the alphabet. */
export function useOperations(): Option[] {
  const { current } = useLanguage()
  const words = useWords(PREFIX, current)
  return Object.entries(words.data ?? {})
    .map(([key, label]) => ({ value: key.slice(PREFIX.length), label }))
    .sort((one, other) => one.label.localeCompare(other.label, current))
}

/** Whether a text is a code or a pattern of codes, such as `deposits.*`, rather than words of a name. */
export const isPattern = (text: string) => /[.*?[]/.test(text)
