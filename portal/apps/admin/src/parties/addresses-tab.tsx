import { useT } from '@minga/i18n'
import {
  Badge,
  Button,
  Card,
  EmptyState,
  useToast,
  Dialog,
  SelectField,
  TextField,
  CheckField,
} from '@minga/ui'
import { useState } from 'react'
import { ActionForm } from '../app/action-form'
import { CodedField } from '../app/coded-field'
import { useProfile } from '../app/context'
import { useMay } from '../app/me'
import { messagesOf } from '../app/problem-notice'
import { useCodeTable } from '../app/values'
import { useMaintaining } from './maintenance'
import styles from './parties.module.css'
import type { Address, Party } from './people'

type AddressesTabProps = { party: Party; addresses: Address[] }

/** Where a member is found, primary addresses first. */
export function AddressesTab({ party, addresses }: AddressesTabProps) {
  const t = useT()
  const may = useMay()
  const [adding, setAdding] = useState(false)
  const types = useCodeTable('address_type')
  const typeOf = (code: string) => types.data?.find((one) => one.value === code)?.label ?? code
  return (
    <Card
      title={t('admin.person.addresses')}
      action={
        may('parties.maintain') && (
          <Button size="sm" icon="plus" onClick={() => setAdding(true)}>
            {t('admin.address.add')}
          </Button>
        )
      }
    >
      {addresses.length === 0 ? (
        <EmptyState icon="home" title={t('admin.address.none')} />
      ) : (
        <ul className={styles.lines}>
          {addresses.map((address) => (
            <li key={address.id}>
              <span className={styles.lineWords}>
                <strong>
                  {[address.line_1, address.line_2].filter(Boolean).join(', ') ||
                    typeOf(address.address_type)}
                </strong>
                <small>
                  {[address.city, address.province, address.country].filter(Boolean).join(' · ')}
                </small>
                {address.accounts.length > 0 && (
                  <small>
                    {t('admin.address.accounts', { numbers: address.accounts.join(', ') })}
                  </small>
                )}
              </span>
              <Badge>{typeOf(address.address_type)}</Badge>
              <Badge>{t(`admin.address.purpose.${address.purpose}`, address.purpose)}</Badge>
              {address.primary && <Badge tone="brand">{t('admin.address.primary')}</Badge>}
            </li>
          ))}
        </ul>
      )}
      {adding && <AddressDialog party={party} onClose={() => setAdding(false)} />}
    </Card>
  )
}

const PURPOSES = ['residence', 'mail', 'work', 'other'] as const
const FIELDS = ['address_type', 'line_1', 'line_2', 'city', 'province', 'country', 'purpose']

function AddressDialog({ party, onClose }: { party: Party; onClose: () => void }) {
  const t = useT()
  const toast = useToast()
  const { tenant } = useProfile()
  const [type, setType] = useState('')
  const [purpose, setPurpose] = useState<(typeof PURPOSES)[number]>('residence')
  const [line1, setLine1] = useState('')
  const [line2, setLine2] = useState('')
  const [city, setCity] = useState('')
  const [province, setProvince] = useState('')
  const [primary, setPrimary] = useState(false)
  const maintaining = useMaintaining(party.id)
  const messageFor = messagesOf(maintaining.error)
  const accept = () =>
    maintaining.mutate(
      {
        act: 'address',
        body: {
          address_type: type,
          purpose,
          primary,
          line_1: line1.trim(),
          line_2: line2.trim(),
          city: city.trim(),
          province,
          country: tenant.country,
        },
      },
      {
        onSuccess: () => {
          toast(t('admin.address.added'))
          onClose()
        },
      },
    )
  return (
    <Dialog title={t('admin.address.add')} onClose={onClose} size="lg">
      <ActionForm
        accept={t('admin.save')}
        onAccept={accept}
        onBack={onClose}
        busy={maintaining.isPending}
        error={maintaining.error}
        fields={FIELDS}
      >
        <CodedField
          label={t('admin.address.type')}
          required
          screen="parties.add_address"
          field="address_type"
          table="address_type"
          value={type}
          error={messageFor('address_type')}
          onChange={setType}
        />
        <SelectField
          label={t('admin.address.purpose')}
          options={PURPOSES.map((one) => ({
            value: one,
            label: t(`admin.address.purpose.${one}`),
          }))}
          value={purpose}
          onChange={(event) => setPurpose(event.currentTarget.value as typeof purpose)}
        />
        <TextField
          label={t('admin.address.line_1')}
          value={line1}
          error={messageFor('line_1')}
          onChange={(event) => setLine1(event.currentTarget.value)}
        />
        <TextField
          label={t('admin.address.line_2')}
          optional
          value={line2}
          error={messageFor('line_2')}
          onChange={(event) => setLine2(event.currentTarget.value)}
        />
        <TextField
          label={t('admin.address.city')}
          value={city}
          error={messageFor('city')}
          onChange={(event) => setCity(event.currentTarget.value)}
        />
        <CodedField
          label={t('admin.address.province')}
          screen="parties.add_address"
          field="province"
          table="province"
          value={province}
          error={messageFor('province')}
          onChange={setProvince}
        />
        <CheckField
          label={t('admin.address.make_primary')}
          checked={primary}
          onChange={setPrimary}
        />
      </ActionForm>
    </Dialog>
  )
}
