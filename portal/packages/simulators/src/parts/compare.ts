import { compareAmounts } from '@minga/i18n'

export type CompareFact = {
  label: string
  /** Decimal text of each option; null where it has none. */
  values: (string | null)[]
  /** How a value is written. */
  write: (value: string) => string
  /** Which end is kinder to whoever pays; null where neither is. */
  better: 'low' | 'high' | null
}

/** The options that are best at a fact; none where all are the same or something is missing. */
export function bestOf({ values, better }: CompareFact): number[] {
  const known = values.filter((value) => value !== null)
  if (better === null || known.length < values.length || known.length < 2) return []
  const wins = (one: string, other: string) =>
    better === 'low' ? compareAmounts(one, other) < 0 : compareAmounts(one, other) > 0
  const best = known.reduce((top, value) => (wins(value, top) ? value : top))
  const at = values.flatMap((value, index) =>
    value !== null && compareAmounts(value, best) === 0 ? [index] : [],
  )
  return at.length === values.length ? [] : at
}

export const LETTERS = ['A', 'B', 'C'] as const

/** The options that have an answer, with the letters they are known by. */
export function letteredOf<Answer>(answers: readonly (Answer | undefined)[]) {
  return answers.flatMap((answer, index) =>
    answer === undefined ? [] : [{ answer, letter: LETTERS[index] ?? '' }],
  )
}

/** Writes facts of answers: the key of what it is, where it stands, how it reads, and which is better. */
export function factsOf<Answer>(answers: readonly Answer[], say: (key: string) => string) {
  return (
    label: string,
    pick: (answer: Answer) => string | null,
    write: (value: string) => string,
    better: CompareFact['better'],
  ): CompareFact => ({ label: say(label), values: answers.map(pick), write, better })
}
