import { useT } from '@minga/i18n'
import { Button, Card, Stack } from '@minga/ui'
import { CodedField } from '../app/coded-field'
import type { RelationDraft } from './draft'
import styles from './parties.module.css'
import { PersonSlot } from './person-slot'

/** As many as the API takes with one registration. */
export const MOST_RELATIONS = 4

type RelationsProps = {
  relations: RelationDraft[]
  onChange: (relations: RelationDraft[]) => void
  tried: boolean
  errorFor: (field: string) => string | undefined
}

/** With whom somebody who is registered is related: some cooperatives ask for it of some people. */
export function Relations({ relations, onChange, tried, errorFor }: RelationsProps) {
  const t = useT()
  const error = errorFor('relations')
  const missing = (value: unknown) => (tried && !value ? t('admin.field.required') : undefined)
  const change = (at: number, part: Partial<RelationDraft>) =>
    onChange(relations.map((one, index) => (index === at ? { ...one, ...part } : one)))
  return (
    <Card title={t('admin.register.relations')}>
      <Stack gap={3}>
        {error && (
          <p role="alert" className={styles.fault}>
            {error}
          </p>
        )}
        {relations.map((relation, at) => (
          <div key={at} className={styles.related}>
            <CodedField
              label={t('admin.register.relation_type')}
              required
              screen="parties.relate_parties"
              field="relationship_type"
              value={relation.type}
              error={missing(relation.type) ?? errorFor(`relations.${at}.relationship_type`)}
              onChange={(type) => change(at, { type })}
            />
            <PersonSlot
              label={t('admin.relation.with')}
              person={relation.person}
              onChange={(person) => change(at, { person })}
              error={missing(relation.person) ?? errorFor(`relations.${at}.party_id`)}
            />
            <Button
              size="sm"
              tone="quiet"
              onClick={() => onChange(relations.filter((_, index) => index !== at))}
            >
              {t('admin.account_parties.drop')}
            </Button>
          </div>
        ))}
        {relations.length < MOST_RELATIONS && (
          <div>
            <Button
              size="sm"
              icon="plus"
              onClick={() => onChange([...relations, { type: '', person: null }])}
            >
              {t('admin.register.add_relation')}
            </Button>
          </div>
        )}
      </Stack>
    </Card>
  )
}
