/** Registers the worker that keeps the shell; only in the built portal. */
export function keepShell(): void {
  if (!import.meta.env.PROD || !('serviceWorker' in navigator)) return
  window.addEventListener('load', () => {
    navigator.serviceWorker.register('/sw.js').catch(() => undefined)
  })
}

type InstallPrompt = Event & { prompt: () => Promise<unknown> }

let offered: InstallPrompt | null = null
const listeners = new Set<() => void>()

function offer(prompt: InstallPrompt | null) {
  offered = prompt
  listeners.forEach((listener) => listener())
}

window.addEventListener('beforeinstallprompt', (event) => {
  event.preventDefault()
  offer(event as InstallPrompt)
})
window.addEventListener('appinstalled', () => offer(null))

/** Whether the browser would install the portal now, and how to ask it to. */
export const installation = {
  subscribe(listener: () => void) {
    listeners.add(listener)
    return () => listeners.delete(listener)
  },
  snapshot: () => offered,
  async ask() {
    await offered?.prompt()
    offer(null)
  },
}
