import type { MoreTexts } from '@minga/i18n'
import spanish from './texts/es.json'

/** The simulators' own texts; they come with their pages. */
export const SIMULATOR_TEXTS: MoreTexts = {
  name: 'simulator',
  base: spanish,
  sources: { en: () => import('./texts/en.json').then((module) => module.default) },
}
