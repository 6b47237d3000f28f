import { useT } from '@minga/i18n'
import { PageHeader, Stack } from '@minga/ui'
import { useParams, useSearchParams } from 'react-router'
import { Asked } from '../../app/asked'
import type { Body } from './form/body'
import { useKindSchema, useVersions, standing } from './parameters'
import { SetEditor } from './set-editor'

/** A new version of a set, begun from the one that stands. */
export default function EditSetPage() {
  const t = useT()
  const { kind = '', code = '' } = useParams()
  const [params] = useSearchParams()
  const scope = params.get('scope') ?? 'tenant'
  const form = useKindSchema(kind)
  const versions = useVersions(kind, code, scope)
  const shown = standing(versions.data ?? [])
  const address = `/parameters/${kind}/${code}?scope=${encodeURIComponent(scope)}`
  return (
    <Stack>
      <PageHeader
        title={t('admin.parameters.change_title', { name: shown?.label ?? code })}
        subtitle={form.data?.schema.title}
        back={{ to: address, label: shown?.label ?? code }}
      />
      <Asked query={form}>
        {({ schema, fields }) => (
          <Asked query={versions}>
            {(found) => {
              const base = standing(found)
              const latest = Math.max(0, ...found.map((version) => version.version))
              const body = (base?.body ?? {}) as Body
              return (
                <SetEditor
                  schema={schema}
                  fields={fields}
                  start={{ code, scope, body, latest }}
                  isNew={false}
                />
              )
            }}
          </Asked>
        )}
      </Asked>
    </Stack>
  )
}
