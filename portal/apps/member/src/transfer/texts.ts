import type { MoreTexts } from '@minga/i18n'
import spanish from './texts/es.json'

/** The texts of transfers; they come with their page. */
export const TRANSFER_TEXTS: MoreTexts = {
  name: 'transfer',
  base: spanish,
  sources: { en: () => import('./texts/en.json').then((module) => module.default) },
}
