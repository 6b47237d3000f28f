/**
 * Whether what was granted covers a permission. `deposits.*` covers a module; `*` stands for any
 * run of characters, as in the API's own rule.
 */
export function covers(granted: readonly string[], permission: string): boolean {
  return granted.some((pattern) => {
    if (!pattern.includes('*')) return pattern === permission
    const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
    return new RegExp(`^${parts.join('.*')}$`).test(permission)
  })
}

/** Whether any of the permissions is covered; an empty list is open to everybody. */
export function coversAny(granted: readonly string[], permissions: readonly string[]): boolean {
  return permissions.length === 0 || permissions.some((permission) => covers(granted, permission))
}
