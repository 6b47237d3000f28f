import { useT } from '@minga/i18n'
import { PageHeader, Stack } from '@minga/ui'
import { useParams, useSearchParams } from 'react-router'
import { Asked } from '../../app/asked'
import { startOf } from './form/check'
import type { Body } from './form/body'
import { useKindSchema, useVersions, SINGLE, standing } from './parameters'
import { SetEditor } from './set-editor'

/** A new set of a kind, blank or begun from another one (`?like=S1`). */
export default function NewSetPage() {
  const t = useT()
  const { kind = '' } = useParams()
  const [params] = useSearchParams()
  const like = params.get('like')
  const form = useKindSchema(kind)
  const model = useVersions(kind, like ?? '', 'tenant')
  return (
    <Stack>
      <PageHeader
        title={t('admin.parameters.new_title')}
        subtitle={form.data?.schema.title}
        back={{ to: `/parameters/${kind}`, label: form.data?.schema.title ?? kind }}
      />
      <Asked query={form}>
        {({ schema, fields }) => {
          if (like !== null && model.isPending) return null
          const likeness = standing(model.data ?? [])?.body as Body | undefined
          const start = {
            code: schema.singleton ? SINGLE : '',
            scope: 'tenant',
            body: likeness ?? startOf(fields),
            latest: 0,
          }
          return <SetEditor schema={schema} fields={fields} start={start} isNew />
        }}
      </Asked>
    </Stack>
  )
}
