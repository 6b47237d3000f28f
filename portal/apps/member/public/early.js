/* Asks for the cooperative's branding while the portal itself is still on its way. */
{
  const asked = new URLSearchParams(location.search).get('t')
  const code = asked || localStorage.getItem('minga.tenant')
  if (code && /^[a-z0-9][a-z0-9-]{1,40}$/.test(code)) {
    const answer = fetch(`/api/v1/platform/tenants/${code}/branding`, { cache: 'no-store' })
      .then((response) => (response.ok ? response.json() : null))
      .catch(() => null)
    window.mingaEarly = { code, answer }
  }
}
