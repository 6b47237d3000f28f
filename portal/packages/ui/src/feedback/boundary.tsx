import { Component, type ReactNode } from 'react'
import { ErrorState } from './states'

type BoundaryProps = {
  /** Anything that changes when the reader goes elsewhere: a fault of one page stays there. */
  place: string
  children: ReactNode
}
type BoundaryState = { error: unknown; place: string }

/** Shows what broke in the place where it broke, and lets the reader try again. */
export class Boundary extends Component<BoundaryProps, BoundaryState> {
  override state: BoundaryState = { error: null, place: this.props.place }

  static getDerivedStateFromError(error: unknown) {
    return { error }
  }

  static getDerivedStateFromProps({ place }: BoundaryProps, state: BoundaryState) {
    return place === state.place ? null : { error: null, place }
  }

  override render() {
    const { error } = this.state
    if (error === null) return this.props.children
    const shown = navigator.onLine ? {} : { code: 'network' }
    return <ErrorState error={shown} onRetry={() => window.location.reload()} />
  }
}
