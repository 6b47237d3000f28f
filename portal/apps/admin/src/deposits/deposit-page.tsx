import { Desk } from './desk'

export default function DepositPage() {
  return <Desk act="deposit" />
}
