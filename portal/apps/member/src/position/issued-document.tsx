import { saveDocument, unwrap, type Model } from '@minga/api-client'
import { useFormats, useT } from '@minga/i18n'
import { Notice, useToast } from '@minga/ui'
import { useMutation } from '@tanstack/react-query'
import { Link } from 'react-router'
import { usePortal } from '../app/context'
import styles from './position.module.css'

type PositionDocument = Model<'PositionDocument'>

/** Has the position made into a document with a code of its own, and keeps the file. */
export function useIssueDocument() {
  const t = useT()
  const toast = useToast()
  const { api } = usePortal()
  return useMutation({
    mutationFn: () =>
      unwrap(api.client.POST('/member_portal/position/documents', { body: { format: 'pdf' } })),
    onSuccess: saveDocument,
    onError: () => toast(t('member.account.not_downloaded'), 'bad'),
  })
}

/** The code of the document that was just made, and what it is good for. */
export function IssuedDocument({ document }: { document: PositionDocument }) {
  const t = useT()
  const formats = useFormats()
  return (
    <div data-screen-only>
      <Notice tone="good">
        <strong>{t('member.document.ready', { name: document.filename })}</strong>
        <br />
        {t('member.document.code')} <span className={styles.code}>{document.code}</span>
        <br />
        {t('member.document.good_until', {
          date: formats.date(document.valid_until, 'long'),
        })}{' '}
        <Link to={`/verify?code=${document.code}`}>{t('member.document.check')}</Link>
      </Notice>
    </div>
  )
}
