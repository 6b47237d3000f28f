import { useLanguage, useT } from '@minga/i18n'
import { Dialog, SelectField, TextField, nameOfLanguage, useToast } from '@minga/ui'
import { useState } from 'react'
import { ActionForm } from '../app/action-form'
import { messagesOf } from '../app/problem-notice'
import { useMaintaining, type PartyChange } from './maintenance'
import type { Party } from './people'

type ContactDialogProps = { party: Party; onClose: () => void }

const CHANNELS = ['email', 'phone', 'branch', 'portal'] as const
type Channel = (typeof CHANNELS)[number] | ''

/** How to reach a member: telephone, mail, language, preferred channel. */
export function ContactDialog({ party, onClose }: ContactDialogProps) {
  const t = useT()
  const toast = useToast()
  const { offered } = useLanguage()
  const [mobile, setMobile] = useState(party.mobile)
  const [email, setEmail] = useState(party.email)
  const [language, setLanguage] = useState(party.language)
  const [channel, setChannel] = useState<Channel>(party.preferred_channel as Channel)
  const maintaining = useMaintaining(party.id)
  const messageFor = messagesOf(maintaining.error)

  const accept = () => {
    const others = party.phones.filter((phone) => phone.phone_number !== party.mobile)
    const mails = party.emails.filter((one): one is string => one !== null && one !== party.email)
    const body: PartyChange = {
      phones: [
        ...(mobile.trim() === '' ? [] : [{ kind: 'mobile' as const, phone_number: mobile.trim() }]),
        ...others.map((phone) => ({
          kind: phone.kind as 'home',
          phone_number: phone.phone_number,
        })),
      ],
      emails: [...(email.trim() === '' ? [] : [email.trim()]), ...mails],
      language,
      preferred_channel: channel === '' ? null : channel,
    }
    maintaining.mutate(
      { act: 'change', body, version: party.version },
      {
        onSuccess: () => {
          toast(t('admin.saved'))
          onClose()
        },
      },
    )
  }
  return (
    <Dialog title={t('admin.person.contact')} onClose={onClose}>
      <ActionForm
        accept={t('admin.save')}
        onAccept={accept}
        onBack={onClose}
        busy={maintaining.isPending}
        error={maintaining.error}
        fields={['phones.0.phone_number', 'emails.0', 'language']}
      >
        <TextField
          type="tel"
          label={t('admin.person.mobile')}
          data-autofocus
          value={mobile}
          error={messageFor('phones.0.phone_number') ?? messageFor('phones')}
          onChange={(event) => setMobile(event.currentTarget.value)}
        />
        <TextField
          type="email"
          label={t('admin.users.email')}
          value={email}
          error={messageFor('emails.0') ?? messageFor('emails')}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <SelectField
          label={t('ui.language.label')}
          options={offered.map((tag) => ({ value: tag, label: nameOfLanguage(tag) }))}
          value={language}
          onChange={(event) => setLanguage(event.currentTarget.value)}
        />
        <SelectField
          label={t('admin.person.channel')}
          placeholder={t('admin.none')}
          options={CHANNELS.map((one) => ({ value: one, label: t(`admin.person.channel.${one}`) }))}
          value={channel}
          onChange={(event) => setChannel(event.currentTarget.value as Channel)}
        />
      </ActionForm>
    </Dialog>
  )
}
