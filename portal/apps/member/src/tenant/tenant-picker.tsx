import { unwrap } from '@minga/api-client'
import { useT } from '@minga/i18n'
import { ErrorState, Icon, Mark, Notice, SkeletonRows } from '@minga/ui'
import { useQuery } from '@tanstack/react-query'
import type { MemberApi } from '../app/context'
import { Welcome } from '../session/welcome'
import styles from './tenant-picker.module.css'

type TenantPickerProps = { api: MemberApi; unknown: boolean; onChoose: (code: string) => void }

/** Which cooperative is yours? Asked once; the device remembers. */
export default function TenantPicker({ api, unknown, onChoose }: TenantPickerProps) {
  const t = useT()
  const tenants = useQuery({
    queryKey: ['tenants'],
    queryFn: () => unwrap(api.client.GET('/platform/tenants')),
  })
  return (
    <Welcome title={t('member.tenants.title')} text={t('member.tenants.text')}>
      {unknown && <Notice tone="warn">{t('member.tenants.unknown')}</Notice>}
      {tenants.isPending && <SkeletonRows rows={2} />}
      {tenants.isError && (
        <ErrorState error={tenants.error} onRetry={() => void tenants.refetch()} compact />
      )}
      <ul className={styles.list}>
        {tenants.data?.items.map((tenant) => (
          <li key={tenant.code}>
            <button type="button" className={styles.tenant} onClick={() => onChoose(tenant.code)}>
              <Mark size={40} />
              <span>{tenant.name}</span>
              <Icon name="chevron-right" />
            </button>
          </li>
        ))}
      </ul>
    </Welcome>
  )
}
