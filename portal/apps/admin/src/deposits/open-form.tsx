import { isProblem } from '@minga/api-client'
import { useLanguage, useT } from '@minga/i18n'
import { Card, SelectField, Stack, TextField, useIntention, useToast } from '@minga/ui'
import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { ActionForm } from '../app/action-form'
import { carryOut } from '../app/answers'
import { CodedField } from '../app/coded-field'
import { useClient } from '../app/context'
import { useBranches, useMe, useOwnBranch } from '../app/me'
import { messagesOf } from '../app/problem-notice'
import { OWN } from '../app/queries'
import { PersonSlot, type PersonLine } from '../parties/person-slot'
import type { Body } from '../platform/parameters/form/body'
import styles from './open.module.css'
import { OwnTerms } from './own-terms'
import { PlanChoice } from './plan-choice'
import { usePlans } from './plans'

const FIELDS = ['party_id', 'branch', 'plan', 'number']

export function OpenForm({ person: known }: { person?: PersonLine }) {
  const t = useT()
  const toast = useToast()
  const navigate = useNavigate()
  const client = useClient()
  const queries = useQueryClient()
  const { user } = useMe()
  const { current } = useLanguage()
  const plans = usePlans(current)
  const branches = useBranches()
  const ownBranch = useOwnBranch()?.branch ?? ''
  const intention = useIntention()
  const [person, setPerson] = useState<PersonLine | null>(known ?? null)
  const [plan, setPlan] = useState('')
  const [typedBranch, setBranch] = useState('')
  const [number, setNumber] = useState('')
  const [overrides, setOverrides] = useState<Body>({})
  const [tried, setTried] = useState(false)
  const branch = typedBranch || ownBranch
  const offered = (plans.data ?? []).filter((one) => mayHold(one.body, person))
  const chosen = offered.find((one) => one.code === plan)

  const opening = useMutation({
    mutationFn: () =>
      carryOut(
        client.POST('/deposits/accounts', {
          params: { header: { 'Idempotency-Key': intention.key } },
          body: {
            party_id: person?.id ?? '',
            branch,
            plan,
            number,
            overrides,
            interest_account: '',
            interest_payee: '',
          },
        }),
      ),
    onSuccess: async (account) => {
      await queries.invalidateQueries({ queryKey: [OWN] })
      toast(t('admin.open.done', { number: account.number }))
      void navigate(`/deposits/accounts/${account.id}`)
    },
    onError: (error) => {
      if (isProblem(error)) intention.renew()
    },
  })
  const messageFor = messagesOf(opening.error)
  const blank = (value: string) => (tried && value === '' ? t('admin.field.required') : undefined)
  const accept = () => {
    setTried(true)
    if (person !== null && plan !== '' && branch !== '') opening.mutate()
  }
  const scoped = (branches.data ?? []).filter(
    ({ code }) => user.branch_scope === 'all' || user.branches.includes(code),
  )
  return (
    <ActionForm
      accept={t('admin.open.accept')}
      onAccept={accept}
      onBack={() => void navigate(-1)}
      busy={opening.isPending}
      error={opening.error}
      fields={FIELDS}
    >
      <Stack>
        <Card title={t('admin.open.who')}>
          <div className={styles.grid}>
            <PersonSlot
              label={t('admin.open.holder')}
              person={person}
              onChange={setPerson}
              autoFocus={known === undefined}
              error={blank(person?.id ?? '') ?? messageFor('party_id')}
            />
            <SelectField
              label={t('admin.branch')}
              required
              placeholder={t('admin.choose')}
              options={scoped.map(({ code, name }) => ({
                value: code,
                label: `${code} · ${name}`,
              }))}
              value={branch}
              error={blank(branch) ?? messageFor('branch')}
              onChange={(event) => setBranch(event.currentTarget.value)}
            />
            <TextField
              label={t('admin.open.number')}
              hint={t('admin.open.number_hint')}
              optional
              inputMode="numeric"
              value={number}
              error={messageFor('number')}
              onChange={(event) => setNumber(event.currentTarget.value)}
            />
          </div>
        </Card>
        <Card title={t('admin.open.plan')}>
          {plans.data === undefined ? (
            <CodedField
              label={t('admin.account.plan')}
              required
              screen="deposits.open_account"
              field="plan"
              value={plan}
              error={blank(plan) ?? messageFor('plan')}
              onChange={setPlan}
            />
          ) : (
            <PlanChoice
              plans={offered}
              value={plan}
              error={blank(plan) ?? messageFor('plan')}
              onChange={(code) => {
                setPlan(code)
                setOverrides({})
              }}
            />
          )}
        </Card>
        {chosen && (
          <OwnTerms
            key={chosen.code}
            plan={chosen}
            overrides={overrides}
            onChange={setOverrides}
            errorAt={(path) => messageFor(`overrides.${path}`) ?? messageFor(path)}
          />
        )}
      </Stack>
    </ActionForm>
  )
}

/** A plan may be for natural persons, legal ones, or both. */
function mayHold(body: Body, person: PersonLine | null): boolean {
  const kinds = body.party_kinds
  return person === null || !Array.isArray(kinds) || kinds.includes(person.kind)
}
