import { useLanguage, useT } from '@minga/i18n'
import { DateField, SelectField, TextField, nameOfLanguage } from '@minga/ui'
import { CodedField } from '../app/coded-field'
import { useBranches, useMe } from '../app/me'
import type { PersonDraft } from './draft'
import { NAMES } from './names'
import styles from './parties.module.css'

export type Part = {
  draft: PersonDraft
  write: (change: Partial<PersonDraft>) => void
  errorFor: (field: string) => string | undefined
}
type Complete = Part & { complete: boolean }
type TextName = Exclude<keyof PersonDraft, 'kind' | 'form' | 'confirm_check_digit' | 'relations'>

const SCREEN = 'parties.register_party'
const ADDRESS = 'parties.add_address'
const MANDATORY = new Set<string>(['given_1', 'surname_1', 'business_name'])

type InputProps = {
  part: Part
  name: TextName
  /** Where the API says what is wrong with it, if not under its own name. */
  at?: string
  type?: 'text' | 'date' | 'tel' | 'email'
}

function Input({ part, name, at, type = 'text' }: InputProps) {
  const t = useT()
  const field = {
    label: t(`admin.person.${name}`),
    required: MANDATORY.has(name) || name === 'document_number',
    value: part.draft[name],
    error: part.errorFor(at ?? name),
  }
  const write = (value: string) => part.write({ [name]: value })
  if (type === 'date') return <DateField {...field} onChange={write} />
  return (
    <TextField
      {...field}
      type={type}
      autoComplete="off"
      onChange={(event) => write(event.currentTarget.value)}
    />
  )
}

type CodeProps = {
  part: Part
  name: TextName
  at?: string
  table?: string
  screen?: string
  required?: boolean
}

function Code({ part, name, at, table, screen = SCREEN, required = false }: CodeProps) {
  const t = useT()
  return (
    <CodedField
      label={t(`admin.person.${name}`)}
      required={required}
      screen={screen}
      field={name}
      {...(table === undefined ? {} : { table })}
      value={part.draft[name]}
      error={part.errorFor(at ?? name)}
      onChange={(value) => part.write({ [name]: value })}
    />
  )
}

export function Identification(part: Part) {
  const t = useT()
  const { user } = useMe()
  const branches = useBranches()
  const { offered } = useLanguage()
  const { draft, write, errorFor } = part
  const inScope = (code: string) => user.branch_scope === 'all' || user.branches.includes(code)
  return (
    <div className={styles.grid}>
      <Code part={part} name="document_type" required />
      <Input part={part} name="document_number" />
      {NAMES[draft.kind].map((name) => (
        <Input key={name} part={part} name={name} />
      ))}
      <Code part={part} name="party_type" required />
      <SelectField
        label={t('admin.branch')}
        required
        placeholder={t('admin.choose')}
        options={(branches.data ?? [])
          .filter(({ code }) => inScope(code))
          .map(({ code, name }) => ({ value: code, label: `${code} · ${name}` }))}
        value={draft.branch}
        error={errorFor('branch')}
        onChange={(event) => write({ branch: event.currentTarget.value })}
      />
      <SelectField
        label={t('ui.language.label')}
        options={offered.map((tag) => ({ value: tag, label: nameOfLanguage(tag) }))}
        value={draft.language}
        error={errorFor('language')}
        onChange={(event) => write({ language: event.currentTarget.value })}
      />
    </div>
  )
}

export function Person({ complete, ...part }: Complete) {
  return (
    <div className={styles.grid}>
      <Input part={part} name="birth_date" type="date" />
      <Code part={part} name="sex" table="sex" />
      <Code part={part} name="marital_status" table="marital_status" />
      {complete && (
        <>
          <Input part={part} name="nationality" />
          <Code part={part} name="education" table="education" />
          <Code part={part} name="profession" table="profession" />
          <Code part={part} name="economic_activity" table="economic_activity" />
          <Code part={part} name="source_of_funds" table="source_of_funds" />
          <Input part={part} name="document_expires_on" type="date" />
        </>
      )}
    </div>
  )
}

export function Company({ complete, ...part }: Complete) {
  return (
    <div className={styles.grid}>
      <Input part={part} name="incorporated_on" type="date" />
      <Code part={part} name="legal_nature" table="legal_nature" />
      <Code part={part} name="company_type" table="company_type" />
      {complete && (
        <>
          <Code part={part} name="economic_activity" table="economic_activity" />
          <Code part={part} name="source_of_funds" table="source_of_funds" />
        </>
      )}
    </div>
  )
}

export function Contact(part: Part) {
  const { errorFor } = part
  const phone = errorFor('phones.0.phone_number') ? 'phones.0.phone_number' : 'phones'
  const email = errorFor('emails.0') ? 'emails.0' : 'emails'
  return (
    <div className={styles.grid}>
      <Input part={part} name="mobile" type="tel" at={phone} />
      <Input part={part} name="email" type="email" at={email} />
    </div>
  )
}

export function Residence(part: Part) {
  return (
    <div className={styles.grid}>
      <Code
        part={part}
        name="address_type"
        screen={ADDRESS}
        table="address_type"
        at="addresses.0.address_type"
      />
      <Input part={part} name="line_1" at="addresses.0.line_1" />
      <Input part={part} name="line_2" at="addresses.0.line_2" />
      <Input part={part} name="city" at="addresses.0.city" />
      <Code
        part={part}
        name="province"
        screen={ADDRESS}
        table="province"
        at="addresses.0.province"
      />
    </div>
  )
}
