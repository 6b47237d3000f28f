import { useLanguage } from '@minga/i18n'
import { keepPreviousData, useMutation, useQueries, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useSearchParams } from 'react-router'
import { addressWith, MOST_OPTIONS, optionsIn, type AddressFields } from '../address'
import { useSimulator } from '../context'

/** What one simulator's options are: how they are written in an address and projected. */
export type OptionKind<Ask, Answer> = {
  name: 'loan' | 'term'
  names: readonly string[]
  toAddress: (ask: Ask) => AddressFields
  /** Null where the address asks for what is not offered. */
  fromAddress: (fields: AddressFields) => Ask | null
  /** What is sent: without the day that an earlier projection was held to, unless it was typed. */
  unpinned: (ask: Ask) => Ask
  /** Held to the days that the answer is of, so that its link opens the very same. */
  pinned: (ask: Ask, answer: Answer) => Ask
  project: (ask: Ask) => Promise<Answer>
}

export type OptionState<Ask, Answer> = {
  draft: Ask
  /** What was projected last; null when nothing was. */
  projected: Ask | null
  answer: Answer | undefined
  error: unknown
  loading: boolean
  /** The form says something else than the answer. */
  stale: boolean
}

/** Up to three options side by side, the projected ones kept in the address. */
export function useOptions<Ask, Answer>(kind: OptionKind<Ask, Answer>, first: () => Ask) {
  const { tenant, visitor } = useSimulator()
  const { current: language } = useLanguage()
  const queries = useQueryClient()
  const [search, setSearch] = useSearchParams()
  const text = search.toString()
  const projected = useMemo(
    () =>
      optionsIn(new URLSearchParams(text), kind.names).map((fields) =>
        fields === null ? null : kind.fromAddress(fields),
      ),
    [text, kind],
  )
  const [drafts, setDrafts] = useState(() =>
    projected.length > 0 ? projected.map((ask) => ask ?? first()) : [first()],
  )
  const [active, setActive] = useState(0)
  const keyOf = (ask: Ask) => [
    'own',
    'simulation',
    kind.name,
    tenant,
    visitor,
    language,
    kind.toAddress(ask),
  ]

  const results = useQueries({
    queries: projected.map((ask) => ({
      queryKey: ask === null ? ['none'] : keyOf(ask),
      enabled: ask !== null,
      staleTime: Infinity,
      placeholderData: keepPreviousData,
      queryFn: () => kind.project(ask as Ask),
    })),
  })

  const write = (asks: (Ask | null)[]) => {
    const fields = asks.map((ask) => (ask === null ? null : kind.toAddress(ask)))
    setSearch((now) => addressWith(now, kind.names, fields), { replace: true })
  }
  const projection = useMutation({
    mutationFn: async ({ ask }: { ask: Ask; option: number }) => {
      const sent = kind.unpinned(ask)
      const answer = await kind.project(sent)
      const held = kind.pinned(sent, answer)
      queries.setQueryData(keyOf(held), answer)
      return held
    },
    onSuccess: (held, { option }) => {
      const asks: (Ask | null)[] = drafts.map((_, index) => projected[index] ?? null)
      asks[option] = held
      write(asks)
    },
  })

  /** A day that was left open is the one that the answer was held to. */
  const same = (draft: Ask, ask: Ask) => {
    const [typed, held] = [kind.toAddress(kind.unpinned(draft)), kind.toAddress(kind.unpinned(ask))]
    return JSON.stringify({ ...typed, o: typed.o || held.o }) === JSON.stringify(held)
  }
  const failedHere = projection.isError && projection.variables.option === active
  const options = drafts.map((draft, index): OptionState<Ask, Answer> => {
    const ask = projected[index] ?? null
    const result = results[index]
    return {
      draft,
      projected: ask,
      answer: ask === null ? undefined : (result?.data as Answer | undefined),
      error: ask === null ? null : result?.error,
      loading: ask !== null && result?.data === undefined && result?.isError !== true,
      stale: ask !== null && !same(draft, ask),
    }
  })

  return {
    options,
    active,
    choose: (option: number) => {
      projection.reset()
      setActive(option)
    },
    change: (changes: Partial<Ask>) => {
      if (projection.isError) projection.reset()
      setDrafts((now) =>
        now.map((draft, index) => (index === active ? { ...draft, ...changes } : draft)),
      )
    },
    project: () => projection.mutate({ ask: drafts[active] as Ask, option: active }),
    projecting: projection.isPending,
    refusal: failedHere ? projection.error : null,
    mayAdd: drafts.length < MOST_OPTIONS,
    /** A copy of the option on screen, to change what should differ. */
    add: () => {
      projection.reset()
      setDrafts((now) => [...now, { ...(now[active] as Ask) }])
      setActive(drafts.length)
    },
    remove: (option: number) => {
      projection.reset()
      write(
        drafts.map((_, index) => projected[index] ?? null).filter((_, index) => index !== option),
      )
      setDrafts((now) => now.filter((_, index) => index !== option))
      setActive(0)
    },
    retry: () => void results[active]?.refetch(),
  }
}

export type Options<Ask, Answer> = ReturnType<typeof useOptions<Ask, Answer>>
