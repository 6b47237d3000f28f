import { useT } from '@minga/i18n'
import { useState } from 'react'
import { Finder, type FinderOption } from '../app/finder'
import { useLater } from '../app/use-later'
import { usePeople, type Person } from './people'

export type { Person } from './people'

/** A person as a line of a finder. */
export function personOption(person: Person, onChoose: () => void): FinderOption {
  return {
    id: person.id,
    icon: person.kind === 'legal' ? 'branch' : 'account',
    title: person.name,
    detail: `${person.document_type} ${person.document_number} · ${person.number}`,
    onChoose,
  }
}

type PersonFinderProps = {
  label: string
  onChoose: (person: Person) => void
  error?: string | null | undefined
  autoFocus?: boolean
}

/** One box for a person: name, document, number or telephone. */
export function PersonFinder({ label, onChoose, error, autoFocus }: PersonFinderProps) {
  const t = useT()
  const [text, setText] = useState('')
  const people = usePeople(useLater(text))
  const found = people.data?.items ?? []
  const nothing = people.data !== undefined && found.length === 0
  return (
    <Finder
      label={label}
      hint={t(nothing ? 'admin.finder.nobody' : 'admin.finder.person_hint')}
      text={text}
      onText={setText}
      options={found.map((person) => personOption(person, () => onChoose(person)))}
      onStepBack={() => {
        if (text === '') return false
        setText('')
        return true
      }}
      error={error}
      {...(autoFocus ? { autoFocus } : {})}
    />
  )
}
