import type { Asked } from '../app/answers'
import { NAMES, NO_NAMES, type Names, type PersonKind } from './names'
import type { PersonLine } from './person-slot'

/** What somebody who is registered is of another person. */
export type RelationDraft = { type: string; person: PersonLine | null }

/** What is typed of a new member. Blank means "not given". */
export type PersonDraft = Names & {
  kind: PersonKind
  form: 'full' | 'min_savings'
  party_type: string
  branch: string
  language: string
  document_type: string
  document_number: string
  document_expires_on: string
  confirm_check_digit: boolean
  relations: RelationDraft[]
  birth_date: string
  sex: string
  marital_status: string
  education: string
  profession: string
  nationality: string
  legal_nature: string
  company_type: string
  incorporated_on: string
  economic_activity: string
  source_of_funds: string
  mobile: string
  email: string
  address_type: string
  line_1: string
  line_2: string
  city: string
  province: string
}

export const BLANK_DRAFT: Omit<PersonDraft, 'branch' | 'language' | 'kind'> = {
  ...NO_NAMES,
  form: 'min_savings',
  party_type: '',
  document_type: '',
  document_number: '',
  document_expires_on: '',
  confirm_check_digit: false,
  relations: [],
  birth_date: '',
  sex: '',
  marital_status: '',
  education: '',
  profession: '',
  nationality: '',
  legal_nature: '',
  company_type: '',
  incorporated_on: '',
  economic_activity: '',
  source_of_funds: '',
  mobile: '',
  email: '',
  address_type: '',
  line_1: '',
  line_2: '',
  city: '',
  province: '',
}

const ONLY: Record<PersonKind, readonly (keyof PersonDraft)[]> = {
  natural: ['birth_date', 'sex', 'marital_status', 'education', 'profession', 'nationality'],
  legal: ['legal_nature', 'company_type', 'incorporated_on'],
}
const BOTH: readonly (keyof PersonDraft)[] = [
  'document_expires_on',
  'economic_activity',
  'source_of_funds',
]

export type Registration = Asked<'/parties/parties'>

/**
 * What is sent: the fields that were given and belong to the kind of person. The API tells "not given"
 * from "blank", so the others are left out, which its generated types do not show.
 */
export function registrationOf(draft: PersonDraft, country: string): Registration {
  const { kind, form, party_type, branch, document_type, confirm_check_digit } = draft
  const given = [...NAMES[kind], ...ONLY[kind], ...BOTH].flatMap((name): [string, string][] => {
    const value = String(draft[name]).trim()
    return value === '' ? [] : [[name, value]]
  })
  const { line_1, line_2, city, province, address_type } = draft
  const hasAddress = [line_1, city, address_type].some((text) => text.trim() !== '')
  const address = { address_type, line_1, line_2, city, province, country }
  const relations = draft.relations.map(({ type, person }) => ({
    relationship_type: type,
    party_id: person?.id ?? '',
  }))
  const registration = {
    kind,
    form,
    party_type,
    branch,
    document_type,
    document_number: draft.document_number.trim(),
    ...(confirm_check_digit ? { confirm_check_digit } : {}),
    ...(draft.language === '' ? {} : { language: draft.language }),
    ...Object.fromEntries(given),
    ...(draft.mobile.trim() === ''
      ? {}
      : { phones: [{ kind: 'mobile', phone_number: draft.mobile.trim() }] }),
    ...(draft.email.trim() === '' ? {} : { emails: [draft.email.trim()] }),
    ...(relations.length === 0 ? {} : { relations }),
    ...(hasAddress ? { addresses: [{ ...address, purpose: 'residence', primary: true }] } : {}),
  }
  return registration as Registration
}

/** Fields without which nothing can be sent. What the cooperative asks for beyond them, the API says. */
export function missingOf(draft: PersonDraft): (keyof PersonDraft)[] {
  const named =
    draft.kind === 'natural' ? (['given_1', 'surname_1'] as const) : (['business_name'] as const)
  const needed = ['document_type', 'document_number', 'party_type', 'branch', ...named] as const
  const unrelated = draft.relations.some(({ type, person }) => type === '' || person === null)
  return [
    ...needed.filter((name) => draft[name].trim() === ''),
    ...(unrelated ? (['relations'] as const) : []),
  ]
}
