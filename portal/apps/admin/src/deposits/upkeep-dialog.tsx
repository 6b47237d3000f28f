import { useLanguage, useT } from '@minga/i18n'
import { CheckField, Dialog, TextField } from '@minga/ui'
import { useState } from 'react'
import { useActing } from '../app/acting'
import { ActionForm } from '../app/action-form'
import { useClient } from '../app/context'
import { messagesOf } from '../app/problem-notice'
import { CodedField } from '../app/coded-field'
import { useCodeTable } from '../app/values'
import { same, type Body } from '../platform/parameters/form/body'
import type { Account } from './accounts'
import styles from './deposits.module.css'
import { OwnTerms } from './own-terms'
import { usePlans } from './plans'

const MOST_MARKETING_CODES = 5
const FIELDS = ['alias', 'officer', 'marketing_codes', 'overrides']

/** The terms that are the account's own. */
export const ownTermsOf = (account: Pick<Account, 'terms'>): Body =>
  Object.fromEntries(
    account.terms
      .filter(({ source }) => source === 'account')
      .map(({ field, value }) => [field, value] as [string, Body[string]]),
  )

/** What is to be sent: the own terms that changed, and null for those that go back to the plan's. */
export function changedTerms(before: Body, after: Body): Body | null {
  const gone = Object.keys(before).filter((field) => !(field in after))
  const changed = Object.entries(after).filter(([field, value]) => !same(before[field], value))
  const all = [...gone.map((field) => [field, null] as const), ...changed]
  return all.length === 0 ? null : (Object.fromEntries(all) as Body)
}

/** Changes the name, officer, marketing codes and own terms of an account, with effect at once. */
export function UpkeepDialog({ account, onClose }: { account: Account; onClose: () => void }) {
  const t = useT()
  const client = useClient()
  const { current } = useLanguage()
  const plan = usePlans(current).data?.find(({ code }) => code === account.plan)
  const before = ownTermsOf(account)
  const [alias, setAlias] = useState(account.alias)
  const [officer, setOfficer] = useState(account.officer)
  const [marketing, setMarketing] = useState(account.marketing_codes)
  const [overrides, setOverrides] = useState(before)
  const saving = useActing(
    (_: null, intention) =>
      client.PATCH('/deposits/accounts/{account_id}', {
        params: { path: { account_id: account.id } },
        body: {
          alias: alias.trim() === account.alias ? null : alias.trim(),
          officer: officer === account.officer ? null : officer,
          marketing_codes: same(marketing, account.marketing_codes) ? null : marketing,
          overrides: changedTerms(before, overrides),
          user_fields: null,
        },
        headers: { ...intention.headers, 'If-Match': `"${account.version}"` },
      }),
    'admin.upkeep.saved',
    onClose,
  )
  const messageFor = messagesOf(saving.error)
  const edited = <T,>(write: (value: T) => void) => {
    return (value: T) => {
      write(value)
      if (saving.isError) saving.reset()
    }
  }
  return (
    <Dialog title={t('admin.upkeep.edit')} onClose={onClose} size="xl">
      <ActionForm
        accept={t('admin.save')}
        onAccept={() => saving.mutate(null)}
        onBack={onClose}
        busy={saving.isPending}
        error={saving.error}
        fields={FIELDS}
      >
        <div className={styles.pair}>
          <TextField
            label={t('admin.upkeep.alias')}
            hint={t('admin.upkeep.alias_hint')}
            optional
            data-autofocus
            maxLength={40}
            value={alias}
            error={messageFor('alias')}
            onChange={(event) => edited(setAlias)(event.currentTarget.value)}
          />
          <CodedField
            label={t('admin.upkeep.officer')}
            optional
            screen="deposits.maintain_account"
            field="officer"
            value={officer}
            error={messageFor('officer')}
            onChange={edited(setOfficer)}
          />
        </div>
        <MarketingCodes
          chosen={marketing}
          onChange={edited(setMarketing)}
          error={
            messageFor('marketing_codes') ??
            marketing.map((_, at) => messageFor(`marketing_codes.${at}`)).find(Boolean)
          }
        />
        {plan && (
          <OwnTerms
            plan={plan}
            overrides={overrides}
            onChange={edited(setOverrides)}
            errorAt={(path) => messageFor(`overrides.${path}`) ?? messageFor(path)}
          />
        )}
      </ActionForm>
    </Dialog>
  )
}

type MarketingProps = {
  chosen: string[]
  onChange: (codes: string[]) => void
  error: string | undefined
}

/** The marketing codes of the cooperative; one that is no longer offered stays until it is taken away. */
function MarketingCodes({ chosen, onChange, error }: MarketingProps) {
  const t = useT()
  const offered = useCodeTable('marketing_code').data ?? []
  const left = chosen.filter((code) => !offered.some(({ value }) => value === code))
  const all = [...offered, ...left.map((code) => ({ value: code, label: code }))]
  if (all.length === 0) return null
  return (
    <fieldset className={styles.steps} aria-invalid={error ? true : undefined}>
      <legend>{t('admin.upkeep.marketing_codes')}</legend>
      <div className={styles.pair}>
        {all.map(({ value, label }) => (
          <CheckField
            key={value}
            label={label}
            checked={chosen.includes(value)}
            disabled={!chosen.includes(value) && chosen.length >= MOST_MARKETING_CODES}
            onChange={(on) =>
              onChange(on ? [...chosen, value] : chosen.filter((code) => code !== value))
            }
          />
        ))}
      </div>
      {error && (
        <p role="alert" className={styles.fault}>
          {error}
        </p>
      )}
    </fieldset>
  )
}
