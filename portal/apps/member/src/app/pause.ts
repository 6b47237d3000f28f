type Scheduler = { yield?: () => Promise<void> }

/** Lets the browser paint and answer before what follows. */
export function pause(): Promise<void> {
  const { scheduler } = window as { scheduler?: Scheduler }
  return scheduler?.yield?.() ?? new Promise((resolve) => window.setTimeout(resolve))
}
