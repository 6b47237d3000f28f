import { Desk } from './desk'

export default function TransferPage() {
  return <Desk act="transfer" />
}
