import { intended, unwrap } from '@minga/api-client'
import { useFormats, useT } from '@minga/i18n'
import {
  Button,
  Card,
  DataTable,
  DateTimeText,
  Dialog,
  EmptyState,
  PageHeader,
  SelectField,
  Stack,
  TextField,
  useIntention,
  useToast,
  type Column,
} from '@minga/ui'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { ActionForm } from '../../app/action-form'
import { carryOut, type Asked as Body, type Item } from '../../app/answers'
import { Asked } from '../../app/asked'
import { useClient } from '../../app/context'
import { useMay } from '../../app/me'
import { messagesOf } from '../../app/problem-notice'
import { OWN } from '../../app/queries'
import { DecimalField } from '../parameters/form/decimal-field'

type Rate = Item<'/platform/exchange-rates'>
type RateType = Body<'/platform/exchange-rates'>['rate_type']
const TYPES: RateType[] = ['buy', 'sell', 'official', 'average']

/** What foreign currencies are worth now, and a new rate for a second person to approve. */
export default function RatesPage() {
  const t = useT()
  const formats = useFormats()
  const may = useMay()
  const client = useClient()
  const [adding, setAdding] = useState(false)
  const rates = useQuery({
    queryKey: [OWN, 'rates'],
    queryFn: () => unwrap(client.GET('/platform/exchange-rates')),
  })
  const columns: Column<Rate>[] = [
    { id: 'currency', header: t('admin.rates.currency'), value: (rate) => rate.currency },
    {
      id: 'type',
      header: t('admin.rates.type'),
      value: (rate) => t(`admin.rates.type.${rate.rate_type}`, rate.rate_type),
    },
    {
      id: 'value',
      header: t('admin.rates.value'),
      type: 'amount',
      value: (rate) => rate.value,
      cell: (rate) => `${formats.number(rate.value)} ${rate.base}`,
    },
    {
      id: 'from',
      header: t('admin.rates.from'),
      value: (rate) => rate.valid_from,
      cell: (rate) => <DateTimeText value={rate.valid_from} />,
    },
    { id: 'source', header: t('admin.rates.source'), value: (rate) => rate.source },
  ]
  return (
    <Stack>
      <PageHeader
        title={t('admin.rates.title')}
        subtitle={t('admin.rates.text')}
        actions={
          may('platform.set_exchange_rates') && (
            <Button tone="primary" icon="plus" onClick={() => setAdding(true)}>
              {t('admin.rates.new')}
            </Button>
          )
        }
      />
      <Card flush>
        <Asked query={rates}>
          {(found) => (
            <DataTable
              caption={t('admin.rates.title')}
              columns={columns}
              rows={found.items}
              rowId={(rate) => rate.version_id}
              empty={<EmptyState icon="coins" title={t('admin.rates.none')} />}
            />
          )}
        </Asked>
      </Card>
      {adding && <RateDialog onClose={() => setAdding(false)} />}
    </Stack>
  )
}

function RateDialog({ onClose }: { onClose: () => void }) {
  const t = useT()
  const toast = useToast()
  const client = useClient()
  const queries = useQueryClient()
  const { key } = useIntention()
  const [currency, setCurrency] = useState('')
  const [type, setType] = useState<RateType>('official')
  const [value, setValue] = useState('')
  const [source, setSource] = useState('')
  const setting = useMutation({
    mutationFn: () =>
      carryOut(
        client.POST('/platform/exchange-rates', {
          body: {
            currency: currency.toUpperCase(),
            rate_type: type,
            value,
            source,
            valid_from: null,
          },
          ...intended({ key }),
        }),
      ),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: [OWN] })
      toast(t('admin.parameters.proposed'))
      onClose()
    },
  })
  const messageFor = messagesOf(setting.error)
  return (
    <Dialog title={t('admin.rates.new')} onClose={onClose}>
      <ActionForm
        accept={t('admin.parameters.propose')}
        onAccept={() => setting.mutate()}
        onBack={onClose}
        busy={setting.isPending}
        error={setting.error}
        fields={['currency', 'value', 'source']}
      >
        <TextField
          label={t('admin.rates.currency')}
          hint={t('admin.rates.currency_hint')}
          maxLength={3}
          required
          data-autofocus
          value={currency}
          error={messageFor('currency')}
          onChange={(event) => setCurrency(event.currentTarget.value)}
        />
        <SelectField
          label={t('admin.rates.type')}
          options={TYPES.map((one) => ({ value: one, label: t(`admin.rates.type.${one}`) }))}
          value={type}
          onChange={(event) => setType(event.currentTarget.value as RateType)}
        />
        <DecimalField
          label={t('admin.rates.value')}
          required
          value={value}
          error={messageFor('value')}
          onChange={setValue}
        />
        <TextField
          label={t('admin.rates.source')}
          optional
          value={source}
          error={messageFor('source')}
          onChange={(event) => setSource(event.currentTarget.value)}
        />
      </ActionForm>
    </Dialog>
  )
}
