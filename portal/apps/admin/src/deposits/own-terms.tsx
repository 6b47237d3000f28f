import { useProfile } from '../app/context'
import { useT } from '@minga/i18n'
import { Badge, Button, Card } from '@minga/ui'
import { useMemo } from 'react'
import { Asked } from '../app/asked'
import { withValue, type Body } from '../platform/parameters/form/body'
import { useDescribe } from '../platform/parameters/form/described'
import { DraftContext, type Draft } from '../platform/parameters/form/draft'
import { FieldControl } from '../platform/parameters/form/field-control'
import type { Field } from '../platform/parameters/form/fields'
import { useKindSchema } from '../platform/parameters/parameters'
import styles from './open.module.css'
import { PLAN_KIND, type Plan } from './plans'

type OwnTermsProps = {
  plan: Plan
  overrides: Body
  onChange: (overrides: Body) => void
  errorAt: (path: string) => string | undefined
  /** Kind of the plan's parameters, where it is no deposit account's. */
  kind?: string
}

/** The plan's terms; those an account may change can be given a value of its own. */
export function OwnTerms(props: OwnTermsProps) {
  const t = useT()
  const { kind = PLAN_KIND } = props
  const form = useKindSchema(kind)
  return (
    <Card title={t('admin.open.terms')}>
      <Asked query={form}>
        {({ fields }) => (
          <Terms
            {...props}
            fields={fields.filter((field) => field.inheritable || field.overridable)}
          />
        )}
      </Asked>
    </Card>
  )
}

function Terms({
  plan,
  overrides,
  onChange,
  errorAt,
  fields,
}: OwnTermsProps & { fields: Field[] }) {
  const t = useT()
  const { tenant } = useProfile()
  const currency = String(plan.body.currency ?? tenant.currency)
  const describe = useDescribe(currency)
  const draft = useMemo<Draft>(
    () => ({
      body: overrides,
      currency,
      errorAt,
      change: (path, value) => onChange(withValue(overrides, path, value) as Body),
    }),
    [overrides, currency, errorAt, onChange],
  )
  const own = (field: Field) => field.name in overrides
  const planned = (field: Field) => plan.body[field.name] ?? field.fallback ?? null
  const take = (field: Field) => onChange({ ...overrides, [field.name]: planned(field) ?? '' })
  const leave = (field: Field) => onChange(withValue(overrides, [field.name], undefined) as Body)
  return (
    <DraftContext value={draft}>
      <details className={styles.allTerms} open={Object.keys(overrides).length > 0}>
        <summary>{t('admin.open.all_terms', { count: fields.length })}</summary>
        <ul className={styles.terms}>
          {fields.map((field) => (
            <li key={field.name}>
              {own(field) ? (
                <>
                  <div className={styles.ownTerm}>
                    <FieldControl field={field} path={[field.name]} />
                  </div>
                  <Badge tone="brand">{t('admin.terms.source.account')}</Badge>
                  <Button size="sm" tone="quiet" onClick={() => leave(field)}>
                    {t('admin.open.as_plan')}
                  </Button>
                </>
              ) : (
                <>
                  <span className={styles.term}>
                    <small>{field.label}</small>
                    <span>{describe(field, planned(field)) || t('admin.blank')}</span>
                  </span>
                  {field.overridable && (
                    <Button size="sm" tone="quiet" icon="edit" onClick={() => take(field)}>
                      {t('admin.open.own_value')}
                    </Button>
                  )}
                </>
              )}
            </li>
          ))}
        </ul>
      </details>
    </DraftContext>
  )
}
