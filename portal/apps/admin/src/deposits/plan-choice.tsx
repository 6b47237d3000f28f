import { useT } from '@minga/i18n'
import { Badge, EmptyState } from '@minga/ui'
import { useId } from 'react'
import styles from './open.module.css'
import type { Plan } from './plans'
import { useTermNames } from './terms-tab'

type PlanChoiceProps = {
  plans: Plan[]
  value: string
  error: string | undefined
  onChange: (code: string) => void
}

/** What people compare plans by. */
const HEADLINES = ['fixed_rate', 'credit_method', 'opening_minimum', 'minimum_balance'] as const

/** The plans side by side with the terms that tell them apart. */
export function PlanChoice({ plans, value, error, onChange }: PlanChoiceProps) {
  const t = useT()
  const group = useId()
  const names = useTermNames()
  if (plans.length === 0) return <EmptyState icon="savings" title={t('admin.open.no_plans')} />
  return (
    <>
      <div role="radiogroup" aria-label={t('admin.open.plan')} className={styles.plans}>
        {plans.map((plan) => {
          const currency = String(plan.body.currency ?? '')
          const known = HEADLINES.filter((field) => plan.body[field] && plan.body[field] !== '0')
          return (
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
                <Badge>{`${plan.code} · ${currency}`}</Badge>
              </span>
              {plan.description && <span className={styles.description}>{plan.description}</span>}
              <span className={styles.headlines}>
                {known.map((field) => (
                  <span key={field}>
                    <small>{names.label(field)}</small>
                    {names.value({ field, value: plan.body[field] ?? null }, currency)}
                  </span>
                ))}
              </span>
            </label>
          )
        })}
      </div>
      {error && (
        <p className={styles.error} role="alert">
          {error}
        </p>
      )}
    </>
  )
}
