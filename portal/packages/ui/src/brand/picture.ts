/** The logo comes as an address or as SVG text, which is shown as a picture so that it runs nothing. */
export function pictureOf(logo: string | null | undefined): string | null {
  if (!logo) return null
  if (/^\s*(<\?xml[^>]*>\s*)?<svg[\s>]/.test(logo))
    return `data:image/svg+xml,${encodeURIComponent(logo)}`
  return /^(data:image\/|blob:|https?:|\/)/.test(logo) ? logo : null
}
