import { useT } from '@minga/i18n'
import { Icon, Money } from '@minga/ui'
import { useState } from 'react'
import { Finder, type FinderOption } from '../app/finder'
import { useLater } from '../app/use-later'
import { personOption, type Person } from '../parties/person-finder'
import { AccountState } from './account-state'
import type { Account } from './accounts'
import { useAccountsOf, useFound } from './finding'

type AccountFinderProps = {
  label: string
  onChoose: (account: Account) => void
  error?: string | null | undefined
  autoFocus?: boolean
}

/** One box for an account: its number, or the name, document, number or telephone of its holder. */
export function AccountFinder({ label, onChoose, error, autoFocus }: AccountFinderProps) {
  const t = useT()
  const [text, setText] = useState('')
  const [person, setPerson] = useState<Person | null>(null)
  const { accounts, people, searching } = useFound(useLater(text))
  const held = useAccountsOf(person?.id ?? null)

  const accountOption = (account: Account): FinderOption => ({
    id: account.id,
    icon: 'savings',
    title: account.number,
    detail: `${account.holder} · ${account.plan_name}`,
    aside: (
      <>
        {account.state !== 'active' && <AccountState state={account.state} />}
        <Money value={account.available} />
      </>
    ),
    onChoose: () => onChoose(account),
  })
  const options = person
    ? (held.data ?? []).map(accountOption)
    : [
        ...accounts.map(accountOption),
        ...people.map((one) => ({
          ...personOption(one, () => setPerson(one)),
          aside: <Icon name="chevron-right" size={18} />,
        })),
      ]
  const none = person !== null && held.data?.length === 0
  const hint = () => {
    if (none) return t('admin.finder.no_accounts', { name: person.name })
    if (person) return t('admin.finder.accounts_of', { name: person.name })
    if (searching) return t('admin.finder.searching')
    const nothing = text.trim().length > 2 && options.length === 0
    return t(nothing ? 'admin.finder.nothing' : 'admin.finder.hint')
  }
  const stepBack = () => {
    if (person === null && text === '') return false
    if (person) setPerson(null)
    else setText('')
    return true
  }
  return (
    <Finder
      label={label}
      hint={hint()}
      text={text}
      onText={(typed) => {
        setText(typed)
        setPerson(null)
      }}
      options={options}
      onStepBack={stepBack}
      error={error}
      {...(autoFocus ? { autoFocus } : {})}
    />
  )
}
