import { Icon, type IconName } from '@minga/ui'
import { useId } from 'react'
import styles from './parts.module.css'

export type ProductCard = { code: string; name: string; figure: string; detail: string }
type ProductCardsProps = {
  label: string
  icon: IconName
  products: ProductCard[]
  value: string
  onChange: (code: string) => void
}

/** The products on offer, one of which is simulated. */
export function ProductCards({ label, icon, products, value, onChange }: ProductCardsProps) {
  const name = useId()
  return (
    <div role="radiogroup" aria-label={label} className={styles.products} data-screen-only>
      {products.map((product) => (
        <label key={product.code} className={styles.product}>
          <input
            type="radio"
            className="visually-hidden"
            name={name}
            aria-label={`${product.name}, ${product.figure}`}
            checked={product.code === value}
            onChange={() => onChange(product.code)}
          />
          <span className={styles.productFace}>
            <span className={styles.productIcon}>
              <Icon name={icon} size={20} />
            </span>
            <span className={styles.productName}>{product.name}</span>
            <span className={styles.productFigure}>{product.figure}</span>
            <span className={styles.productDetail}>{product.detail}</span>
          </span>
        </label>
      ))}
    </div>
  )
}
