import { useT } from '@minga/i18n'
import { Badge, EmptyState } from '@minga/ui'
import { useId } from 'react'
import { useDescribe } from '../platform/parameters/form/described'
import type { Field } from '../platform/parameters/form/fields'
import { useKindSchema } from '../platform/parameters/parameters'
import styles from './open.module.css'
import { PLAN_KIND, type Plan } from './plans'

type PlanChoiceProps = {
  plans: Plan[]
  value: string
  error: string | undefined
  onChange: (code: string) => void
}

/** What people compare plans by. */
const HEADLINES = [
  'fixed_rate',
  'reference_rate',
  'interest_code',
  'opening_minimum',
  'minimum_balance',
]

/** The plans side by side with the terms that tell them apart. */
export function PlanChoice({ plans, value, error, onChange }: PlanChoiceProps) {
  const t = useT()
  const group = useId()
  const fields = useKindSchema(PLAN_KIND).data?.fields ?? []
  if (plans.length === 0) return <EmptyState icon="savings" title={t('admin.open.no_plans')} />
  return (
    <>
      <div role="radiogroup" aria-label={t('admin.open.plan')} className={styles.plans}>
        {plans.map((plan) => (
          <label key={plan.code} className={styles.plan}>
            <input
              type="radio"
              name={group}
              className="visually-hidden"
              checked={value === plan.code}
              onChange={() => onChange(plan.code)}
            />
            <span className={styles.planTop}>
              <strong>{plan.name}</strong>
              <Badge>{plan.code}</Badge>
            </span>
            {plan.description && <span className={styles.description}>{plan.description}</span>}
            <Headlines
              plan={plan}
              fields={fields.filter((field) => HEADLINES.includes(field.name))}
            />
          </label>
        ))}
      </div>
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </>
  )
}

function Headlines({ plan, fields }: { plan: Plan; fields: Field[] }) {
  const describe = useDescribe(String(plan.body.currency ?? ''))
  const known = fields.filter(({ name }) => plan.body[name] && plan.body[name] !== '0')
  return (
    <span className={styles.headlines}>
      {known.map((field) => (
        <span key={field.name}>
          <small>{field.label}</small>
          {describe(field, plan.body[field.name])}
        </span>
      ))}
    </span>
  )
}
