import { Link } from 'react-router'
import styles from './identified.module.css'
import { useWayTo } from './places'

type CodedProps = { name: string; code: string; strong?: boolean }

/** What something is called, with its code beneath; the code alone where it has no name. */
export function Coded({ name, code, strong = false }: CodedProps) {
  const named = name !== '' && name !== code
  return (
    <span className={styles.coded}>
      {named && (strong ? <strong>{name}</strong> : <span>{name}</span>)}
      {code !== '' && <code className={styles.code}>{code}</code>}
    </span>
  )
}

/** What an id names, in words, with the way to its page where the console has one. */
export function Identified({ name, id }: { name: string; id: string }) {
  const place = useWayTo()(id)
  if (place === null) return <Coded name={name} code={id} />
  return (
    <Link to={place} className={styles.link} onClick={(event) => event.stopPropagation()}>
      <Coded name={name} code={id} />
    </Link>
  )
}
