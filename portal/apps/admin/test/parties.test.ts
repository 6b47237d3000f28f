import { describe, expect, test } from 'vitest'
import { draftOf, partOf, type AccountParty } from '../src/parties/account-parties'
import { BLANK_DRAFT, missingOf, registrationOf, type PersonDraft } from '../src/parties/draft'

const draft = (change: Partial<PersonDraft>): PersonDraft => ({
  ...BLANK_DRAFT,
  kind: 'natural',
  branch: '1',
  language: 'es',
  party_type: 'SOCIO',
  document_type: 'CED',
  document_number: '0102030405',
  given_1: 'Ana',
  surname_1: 'Pilco',
  ...change,
})
const person = {
  id: 'pty_2',
  kind: 'natural',
  name: 'José Lojano',
  document_type: 'CED',
  document_number: '0106784439',
}

describe('whoever is registered with a relation', () => {
  test('is sent with it, and without any nothing is said of relations', () => {
    const related = draft({ relations: [{ type: 'CONYUGE', person }] })
    expect(registrationOf(related, 'EC')).toMatchObject({
      relations: [{ relationship_type: 'CONYUGE', party_id: 'pty_2' }],
    })
    expect(registrationOf(draft({}), 'EC')).not.toHaveProperty('relations')
  })
  test('waits until the relation says what and with whom', () => {
    expect(missingOf(draft({ relations: [{ type: 'CONYUGE', person: null }] }))).toEqual([
      'relations',
    ])
    expect(missingOf(draft({ relations: [{ type: '', person }] }))).toEqual(['relations'])
    expect(missingOf(draft({ relations: [{ type: 'CONYUGE', person }] }))).toEqual([])
  })
})

test('a part in an account goes back as it came, its percentage exact', () => {
  const part = {
    party_id: 'pty_1',
    name: 'María Guamán',
    role: 'OWNER',
    ownership_pct: '33.3334',
    mailing_line: 2,
  } as AccountParty
  expect(partOf(draftOf(part))).toEqual({
    party_id: 'pty_1',
    role: 'OWNER',
    ownership_pct: '33.3334',
    mailing_line: 2,
  })
  expect(partOf(draftOf({ ...part, ownership_pct: null, mailing_line: null }))).toMatchObject({
    ownership_pct: null,
    mailing_line: null,
  })
})
