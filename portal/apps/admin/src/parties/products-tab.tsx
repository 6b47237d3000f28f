import { useT } from '@minga/i18n'
import { Card, DataTable, DateText, EmptyState, Money, type Column } from '@minga/ui'
import { useNavigate } from 'react-router'
import { Coded } from '../app/identified'
import { AccountState } from '../deposits/account-state'
import type { Product } from './people'

/** What a member has with the cooperative, with its balances. */
export function ProductsTab({ products }: { products: Product[] }) {
  const t = useT()
  const navigate = useNavigate()
  const columns: Column<Product>[] = [
    {
      id: 'product',
      header: t('admin.person.product'),
      value: (product) => product.plan_name,
      cell: (product) => <Coded name={product.plan_name} code={product.product} strong />,
    },
    { id: 'number', header: t('admin.account.account'), value: (product) => product.number },
    {
      id: 'role',
      header: t('admin.person.role'),
      value: (product) => t(`admin.person.role.${product.role}`, product.role),
      wideOnly: true,
    },
    {
      id: 'opened',
      header: t('admin.account.opened_on'),
      value: (product) => product.opened_on,
      cell: (product) => <DateText value={product.opened_on} />,
      wideOnly: true,
    },
    {
      id: 'state',
      header: t('admin.person.state'),
      value: (product) => product.state,
      cell: (product) => <AccountState state={product.state} />,
    },
    {
      id: 'available',
      header: t('admin.account.available'),
      type: 'amount',
      value: (product) => product.available?.amount ?? '',
      cell: (product) => product.available && <Money value={product.available} />,
    },
    {
      id: 'balance',
      header: t('admin.account.ledger'),
      type: 'amount',
      value: (product) => product.balance.amount,
      cell: (product) => (
        <strong>
          <Money value={product.balance} />
        </strong>
      ),
    },
  ]
  return (
    <Card flush>
      <DataTable
        caption={t('admin.person.products')}
        columns={columns}
        rows={products}
        rowId={(product) => product.account_id}
        onOpen={(product) => {
          if (product.application === 'deposits')
            void navigate(`/deposits/accounts/${product.account_id}`)
        }}
        empty={
          <EmptyState
            icon="savings"
            title={t('admin.person.no_products')}
            description={t('admin.person.no_products_text')}
          />
        }
      />
    </Card>
  )
}
