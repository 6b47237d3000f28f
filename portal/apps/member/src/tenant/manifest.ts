import { paletteOf, pictureOf } from '@minga/ui'
import type { Tenant } from './ask'

const SIGN =
  'M14 7h8v4h4v3h3v8h-3v3h-4v4h-8v-4h-4v-3H7v-8h3v-3h4V7Zm4 6.8a4.2 4.2 0 1 0 0 8.4 4.2 4.2 0 0 0 0-8.4Z'

/** The mark on the cooperative's colour; `inset` leaves the margin that maskable icons need. */
function drawnIcon(color: string, inset: number): string {
  const at = 36 * inset
  const scale = 1 - 2 * inset
  return `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 36 36"><rect width="36" height="36" fill="${color}"/>` +
      `<path transform="translate(${at} ${at}) scale(${scale})" fill="#fff" fill-rule="evenodd" d="${SIGN}"/></svg>`,
  )}`
}

function icons(tenant: Tenant, color: string) {
  const vector = { sizes: 'any', type: 'image/svg+xml' }
  const logo = pictureOf(tenant.branding.logo)
  const own = logo?.startsWith('data:image/svg') ? logo : drawnIcon(color, 0)
  const bitmap = { src: `${window.location.origin}/icons/icon-512.png`, sizes: '512x512' }
  return [
    { ...vector, src: own, purpose: 'any' },
    { ...vector, src: drawnIcon(color, 0.12), purpose: 'maskable' },
    { ...bitmap, type: 'image/png', purpose: 'any' },
  ]
}

let address: string | null = null

/** The manifest under which the portal installs: the cooperative's name, colour and mark. */
export function wearManifest(tenant: Tenant): void {
  const link = document.querySelector<HTMLLinkElement>('link[rel="manifest"]')
  if (link === null) return
  const color = paletteOf(tenant.branding).light['hero-from'] ?? '#1f6b5e'
  const home = `${window.location.origin}/?t=${tenant.code}`
  const manifest = {
    id: home,
    name: tenant.name,
    short_name: tenant.name.replace(/^Cooperativa\s+/i, ''),
    lang: tenant.default_language,
    start_url: home,
    scope: `${window.location.origin}/`,
    display: 'standalone',
    background_color: '#faf7f2',
    theme_color: color,
    icons: icons(tenant, color),
  }
  if (address !== null) URL.revokeObjectURL(address)
  address = URL.createObjectURL(
    new Blob([JSON.stringify(manifest)], { type: 'application/manifest+json' }),
  )
  link.href = address
}
