import { ErrorState } from '@minga/ui'
import { Component, type ReactNode } from 'react'

type Fallen = { error: unknown; fell: boolean }

/** A defect of one page leaves the rest of the console standing. */
export class ErrorFence extends Component<{ children: ReactNode }, Fallen> {
  override state: Fallen = { error: null, fell: false }

  static getDerivedStateFromError(error: unknown): Fallen {
    return { error, fell: true }
  }

  override render() {
    if (!this.state.fell) return this.props.children
    const again = () => this.setState({ error: null, fell: false })
    return <ErrorState error={this.state.error} onRetry={again} />
  }
}
