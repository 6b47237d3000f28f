import { intended, unwrap } from '@minga/api-client'
import { useLanguage, useT } from '@minga/i18n'
import {
  Button,
  Card,
  DataTable,
  Dialog,
  EmptyState,
  PageHeader,
  SelectField,
  Stack,
  TextAreaField,
  TextField,
  nameOfLanguage,
  useIntention,
  useToast,
  type Column,
} from '@minga/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { carryOut } from '../../app/answers'
import { ActionForm } from '../../app/action-form'
import { Asked } from '../../app/asked'
import { useClient, useConsole } from '../../app/context'
import { plainText } from '../../app/plain-text'
import { messagesOf } from '../../app/problem-notice'
import { OWN } from '../../app/queries'
import { useLater } from '../../app/use-later'
import styles from './texts.module.css'

type Text = { key: string; words: string }
const MOST_SHOWN = 60

/** The texts people read, by language: the console's own and the bank's, reworded at once. */
export default function TextsPage() {
  const t = useT()
  const client = useClient()
  const { texts } = useConsole()
  const { current, offered } = useLanguage()
  const [language, setLanguage] = useState(current)
  const [sought, setSought] = useState('')
  const [most, setMost] = useState(MOST_SHOWN)
  const [open, setOpen] = useState<Text | null>(null)
  const catalogue = useQuery({
    queryKey: [OWN, 'texts', language],
    queryFn: () =>
      unwrap(client.GET('/platform/texts/{language}', { params: { path: { language } } })),
  })
  const wanted = plainText(useLater(sought))
  const shipped = texts.i18n.getResourceBundle(language, 'translation') as
    Record<string, string> | undefined
  const all = useMemo(() => {
    const merged: Record<string, string> = { ...shipped, ...catalogue.data }
    return Object.entries(merged)
      .map(([key, words]): Text => ({ key, words }))
      .sort((one, other) => one.key.localeCompare(other.key))
  }, [shipped, catalogue.data])
  const found = all.filter((text) => plainText(`${text.key} ${text.words}`).includes(wanted))
  const columns: Column<Text>[] = [
    {
      id: 'key',
      header: t('admin.texts.key'),
      cell: (text) => <code className={styles.key}>{text.key}</code>,
    },
    { id: 'words', header: t('admin.texts.words'), cell: (text) => text.words },
  ]
  return (
    <Stack>
      <PageHeader title={t('admin.texts.title')} subtitle={t('admin.texts.text')} />
      <Card flush>
        <div className={styles.filters}>
          <TextField
            type="search"
            icon="search"
            label={t('admin.texts.seek')}
            value={sought}
            onChange={(event) => setSought(event.currentTarget.value)}
          />
          <SelectField
            label={t('ui.language.label')}
            options={offered.map((tag) => ({ value: tag, label: nameOfLanguage(tag) }))}
            value={language}
            onChange={(event) => setLanguage(event.currentTarget.value)}
          />
        </div>
        <Asked query={catalogue}>
          {() => (
            <DataTable
              caption={t('admin.texts.title')}
              columns={columns}
              rows={found.slice(0, most)}
              rowId={(text) => text.key}
              onOpen={setOpen}
              empty={<EmptyState icon="search" title={t('admin.texts.none')} />}
              after={
                found.length > most && (
                  <div className={styles.more}>
                    <Button onClick={() => setMost(most + MOST_SHOWN)}>{t('admin.more')}</Button>
                  </div>
                )
              }
            />
          )}
        </Asked>
      </Card>
      {open && <TextDialog text={open} language={language} onClose={() => setOpen(null)} />}
    </Stack>
  )
}

type TextDialogProps = { text: Text; language: string; onClose: () => void }

function TextDialog({ text, language, onClose }: TextDialogProps) {
  const t = useT()
  const toast = useToast()
  const client = useClient()
  const queries = useQueryClient()
  const { texts } = useConsole()
  const { key } = useIntention()
  const [words, setWords] = useState(text.words)
  const changing = useMutation({
    mutationFn: () =>
      carryOut(
        client.PUT('/platform/texts/{language}/{key}', {
          params: { path: { language, key: text.key } },
          body: { text: words },
          ...intended({ key }),
        }),
      ),
    onSuccess: async () => {
      if (words.trim() !== '') texts.override(language, { [text.key]: words })
      await queries.invalidateQueries({ queryKey: [OWN] })
      toast(t('admin.texts.changed'))
      onClose()
    },
  })
  return (
    <Dialog title={t('admin.texts.change')} onClose={onClose} size="lg">
      <ActionForm
        accept={t('admin.save')}
        onAccept={() => changing.mutate()}
        onBack={onClose}
        busy={changing.isPending}
        error={changing.error}
        fields={['text']}
      >
        <code className={styles.key}>{`${language} · ${text.key}`}</code>
        <TextAreaField
          label={t('admin.texts.words')}
          hint={t('admin.texts.hint')}
          lang={language}
          data-autofocus
          value={words}
          error={messagesOf(changing.error)('text')}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
      </ActionForm>
    </Dialog>
  )
}
