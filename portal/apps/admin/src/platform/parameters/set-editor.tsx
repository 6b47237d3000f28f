import { isProblem } from '@minga/api-client'
import { useT } from '@minga/i18n'
import {
  Card,
  CheckField,
  DateField,
  SelectField,
  Stack,
  TextField,
  useIntention,
  useToast,
} from '@minga/ui'
import { useMutation } from '@tanstack/react-query'
import { useState } from 'react'
import { useNavigate } from 'react-router'
import { ActionForm } from '../../app/action-form'
import { useProfile } from '../../app/context'
import { useBranches } from '../../app/me'
import { same, type Body } from './form/body'
import { faultsOf, tidied } from './form/check'
import type { Field } from './form/fields'
import { SchemaForm } from './form/schema-form'
import { useProposing, type KindSchema } from './parameters'
import styles from './parameters.module.css'

type SetEditorProps = {
  schema: KindSchema
  fields: Field[]
  start: { code: string; scope: string; body: Body; latest: number }
  isNew: boolean
}

/** Writes a version of a set. Where its kind asks for it, another person approves it. */
export function SetEditor({ schema, fields, start, isNew }: SetEditorProps) {
  const t = useT()
  const toast = useToast()
  const navigate = useNavigate()
  const { tenant } = useProfile()
  const { propose } = useProposing(schema.kind)
  const intention = useIntention()
  const [code, setCode] = useState(start.code)
  const [scope, setScope] = useState(start.scope)
  const [body, setBody] = useState(start.body)
  const [typedDate, setDate] = useState('')
  const [retired, setRetired] = useState(false)
  const [asked, setAsked] = useState(false)
  const from = typedDate || schema.earliest_effective_from
  const faults = faultsOf(fields, body)
  const unchanged = !isNew && !retired && same(body, start.body)

  const proposing = useMutation({
    mutationFn: () =>
      propose(
        { code: code.trim(), scope, effective_from: from, body: tidied(fields, body), retired },
        intention.key,
        start.latest,
      ),
    onSuccess: (version) => {
      const waits = version.state === 'pending_approval'
      toast(t(waits ? 'admin.parameters.proposed' : 'admin.parameters.saved'))
      const address = `/parameters/${schema.kind}/${version.code}`
      void navigate(`${address}?scope=${encodeURIComponent(version.scope)}`)
    },
  })
  const problem = isProblem(proposing.error) ? proposing.error : null
  const errorAt = (path: string) => {
    const own = faults[path]
    if (asked && own !== undefined) return t(own)
    return problem?.messageFor(path) ?? problem?.messageFor(`body.${path}`)
  }
  const known = [...new Set(problem?.fieldErrors.map((row) => row.field) ?? [])]

  const accept = () => {
    setAsked(true)
    if (Object.keys(faults).length > 0 || code.trim() === '' || unchanged) return
    proposing.mutate()
  }
  const edit = (next: Body) => {
    setBody(next)
    if (proposing.isError) {
      proposing.reset()
      intention.renew()
    }
  }

  return (
    <ActionForm
      accept={t(schema.requires_approval ? 'admin.parameters.propose' : 'admin.parameters.save')}
      onAccept={accept}
      onBack={() => void navigate(-1)}
      busy={proposing.isPending}
      error={proposing.error}
      fields={problem?.code === 'invalid_parameter' ? known : ['code', 'effective_from']}
      aside={asked && <Hint faults={Object.keys(faults).length} unchanged={unchanged} />}
    >
      <Stack>
        <Card title={t('admin.parameters.when')}>
          <div className={styles.when}>
            {isNew && !schema.singleton && (
              <TextField
                label={t('admin.parameters.code')}
                hint={t('admin.parameters.code_hint')}
                required
                value={code}
                error={
                  asked && code.trim() === ''
                    ? t('admin.field.required')
                    : problem?.messageFor('code')
                }
                onChange={(event) => setCode(event.currentTarget.value)}
              />
            )}
            {isNew && schema.scopes.includes('branch') && (
              <ScopeField value={scope} onChange={setScope} />
            )}
            <DateField
              label={t('admin.parameters.from')}
              required
              min={schema.earliest_effective_from}
              value={from}
              error={problem?.messageFor('effective_from')}
              onChange={setDate}
            />
            {!isNew && (
              <CheckField
                label={t('admin.parameters.retire')}
                hint={t('admin.parameters.retire_hint')}
                checked={retired}
                onChange={setRetired}
              />
            )}
          </div>
        </Card>
        {!retired && (
          <Card title={t('admin.parameters.terms')}>
            <SchemaForm
              fields={fields}
              body={body}
              onChange={edit}
              errorAt={errorAt}
              currency={String(body.currency ?? tenant.currency)}
            />
          </Card>
        )}
      </Stack>
    </ActionForm>
  )
}

function Hint({ faults, unchanged }: { faults: number; unchanged: boolean }) {
  const t = useT()
  if (faults > 0) return <span role="status">{t('admin.form.faults', { count: faults })}</span>
  return unchanged ? <span role="status">{t('admin.form.unchanged')}</span> : null
}

function ScopeField({ value, onChange }: { value: string; onChange: (scope: string) => void }) {
  const t = useT()
  const branches = useBranches()
  const options = [
    { value: 'tenant', label: t('admin.parameters.scope_tenant') },
    ...(branches.data ?? []).map((branch) => ({
      value: `branch:${branch.code}`,
      label: `${branch.code} · ${branch.name}`,
    })),
  ]
  return (
    <SelectField
      label={t('admin.parameters.scope')}
      options={options}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  )
}
