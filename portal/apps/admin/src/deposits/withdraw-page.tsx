import { Desk } from './desk'

export default function WithdrawPage() {
  return <Desk act="withdraw" />
}
