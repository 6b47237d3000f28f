import { useT } from '@minga/i18n'
import { Columns, PageHeader, Stack } from '@minga/ui'
import { useMay } from '../../app/me'
import { ExportCard } from './export-card'
import { ImportCard } from './import-card'

/** The cooperative's parameters as one text: taken away, or brought in after seeing the difference. */
export default function ExchangePage() {
  const t = useT()
  const may = useMay()
  return (
    <Stack>
      <PageHeader
        title={t('admin.exchange.title')}
        subtitle={t('admin.exchange.text')}
        back={{ to: '/parameters', label: t('admin.parameters.title') }}
      />
      <Columns least={420}>
        {may('platform.read_parameters') && <ExportCard />}
        {may('platform.propose_parameters') && <ImportCard />}
      </Columns>
    </Stack>
  )
}
