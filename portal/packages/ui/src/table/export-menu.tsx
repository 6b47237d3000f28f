import { useT } from '@minga/i18n'
import { Menu } from '../layout/menu'
import { Button } from '../form/button'

export type ExportFormat = 'pdf' | 'csv' | 'xlsx'
export type ExportMenuProps = {
  formats?: ExportFormat[]
  busy?: boolean
  onExport: (format: ExportFormat) => void
  onPrint?: () => void
}

/** The files a list can be taken away as, and the printer. */
export function ExportMenu(props: ExportMenuProps) {
  const { formats = ['pdf', 'xlsx', 'csv'], busy = false, onExport, onPrint } = props
  const t = useT()
  return (
    <Menu
      trigger={
        <Button size="sm" icon="download" busy={busy}>
          {t('ui.export.button')}
        </Button>
      }
      items={[
        ...formats.map((format) => ({
          label: t(`ui.export.${format}`),
          icon: 'document' as const,
          onSelect: () => onExport(format),
        })),
        ...(onPrint
          ? [{ label: t('ui.export.print'), icon: 'print' as const, onSelect: onPrint }]
          : []),
      ]}
    />
  )
}
