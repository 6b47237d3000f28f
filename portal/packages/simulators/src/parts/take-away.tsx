import { saveDocument } from '@minga/api-client'
import { useT } from '@minga/i18n'
import { Button, ExportMenu, useToast, type ExportFormat } from '@minga/ui'
import { useMutation } from '@tanstack/react-query'
import styles from './parts.module.css'

type TakeAwayProps = {
  /** The address that opens the very same simulation. */
  link: string
  title: string
  fetchDocument: (format: ExportFormat) => Promise<{
    filename: string
    content_type: string
    content_base64: string
  }>
  formats: ExportFormat[]
}

/** A simulation to keep, send or print. */
export function TakeAway({ link, title, fetchDocument, formats }: TakeAwayProps) {
  const t = useT()
  const toast = useToast()
  const download = useMutation({
    mutationFn: fetchDocument,
    onSuccess: (document) => {
      saveDocument(document)
      toast(t('simulator.take.downloaded', { name: document.filename }))
    },
    onError: () => toast(t('simulator.take.not_downloaded'), 'bad'),
  })
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(link)
      toast(t('simulator.take.copied'))
    } catch {
      toast(t('simulator.take.not_copied'), 'bad')
    }
  }
  const share = async () => {
    try {
      await navigator.share({ title, url: link })
    } catch {
      // Closing the device's own sheet is no failure.
    }
  }
  return (
    <div className={styles.takeAway} data-screen-only>
      {'share' in navigator ? (
        <Button size="sm" icon="share" onClick={() => void share()}>
          {t('simulator.take.share')}
        </Button>
      ) : null}
      <Button size="sm" icon="document" onClick={() => void copy()}>
        {t('simulator.take.copy')}
      </Button>
      <ExportMenu
        formats={formats}
        busy={download.isPending}
        onExport={(format) => download.mutate(format)}
        onPrint={() => window.print()}
      />
    </div>
  )
}
