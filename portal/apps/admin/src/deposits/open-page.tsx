import { useT } from '@minga/i18n'
import { PageHeader, Stack } from '@minga/ui'
import { useSearchParams } from 'react-router'
import { useProfileOf } from '../parties/people'
import { OpenForm } from './open-form'

/** Opens an account: for whom, with which plan, where, and with which terms of its own. */
export default function OpenPage() {
  const t = useT()
  const [params] = useSearchParams()
  const id = params.get('party') ?? ''
  const profile = useProfileOf(id)
  return (
    <Stack>
      <PageHeader title={t('admin.open.title')} subtitle={t('admin.open.text')} />
      {(id === '' || profile.data !== undefined) && (
        <OpenForm {...(profile.data ? { person: profile.data.party } : {})} />
      )}
    </Stack>
  )
}
