import { useT } from '@minga/i18n'
import { PageHeader, Stack } from '@minga/ui'
import { VoucherForm } from './voucher-form'

/** A voucher typed line by line, its difference in sight. */
export default function NewVoucherPage() {
  const t = useT()
  return (
    <Stack>
      <PageHeader
        title={t('admin.vouchers.new')}
        back={{ to: '/accounting/vouchers', label: t('admin.vouchers.title') }}
      />
      <VoucherForm />
    </Stack>
  )
}
