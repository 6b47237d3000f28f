import { MockProblem, type MockRoute } from './router'

const CHAKANA_LOGO =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64"><path fill="#7a1f3d" d="M24 4h16v8h8v8h8v4h4v16h-4v4h-8v8h-8v8H24v-8h-8v-8H8v-4H4V24h4v-4h8v-8h8z"/><path fill="#b45309" d="M26 14h12v8h4v4h8v12h-8v4h-4v8H26v-8h-4v-4h-8V26h8v-4h4z"/><circle cx="32" cy="32" r="7" fill="#fff"/></svg>'

const tenants = [
  {
    code: 'chakana',
    name: 'Cooperativa Chakana',
    country: 'EC',
    currency: 'USD',
    languages: ['es', 'en'],
    default_language: 'es',
    locale: 'es-EC',
    time_zone: 'America/Guayaquil',
    state: 'live',
    modules: ['parties', 'deposits', 'member_portal'],
    branding: {
      primary: '#7a1f3d',
      accent: '#b45309',
      logo: CHAKANA_LOGO,
      slogan: {
        es: 'Cuatro caminos y una sola comunidad',
        en: 'Four paths and one community',
      },
    },
  },
  {
    code: 'frailejon',
    name: 'Cooperativa Frailejón',
    country: 'CO',
    currency: 'COP',
    languages: ['es', 'en'],
    default_language: 'es',
    locale: 'es-CO',
    time_zone: 'America/Bogota',
    state: 'live',
    modules: ['parties', 'deposits', 'member_portal'],
    branding: {
      primary: '#1b5e4b',
      accent: '#8a5a00',
      logo: '',
      slogan: { es: 'Crecemos despacio y juntos', en: 'We grow slowly and together' },
    },
  },
]

export type MockTenant = (typeof tenants)[number]

export function tenantOf(code: string): MockTenant {
  const tenant = tenants.find((known) => known.code === code)
  if (tenant !== undefined) return tenant
  throw new MockProblem(404, 'unknown_tenant', {
    es: 'No conocemos esa cooperativa.',
    en: 'We do not know that cooperative.',
  })
}

/** The wording a tenant has put over ours, by tenant and language. */
const overrides: Record<string, Record<string, string>> = {}

export const tenantRoutes: MockRoute[] = [
  {
    method: 'GET',
    path: '/platform/tenants',
    open: true,
    answer: () => ({
      items: tenants.map(({ code, name }) => ({ code, name })),
      next_cursor: null,
    }),
  },
  {
    method: 'GET',
    path: '/platform/tenants/{code}/branding',
    open: true,
    answer: ({ params }) => tenantOf(params.code ?? ''),
  },
  {
    method: 'GET',
    path: '/platform/texts/{language}',
    answer: ({ params, query }) => {
      const words = Object.entries(overrides[params.language ?? ''] ?? {})
      const begins = (query.get('prefix') ?? '').split(',')
      return Object.fromEntries(
        words.filter(([key]) => begins.some((start) => key.startsWith(start))),
      )
    },
  },
  {
    method: 'PUT',
    path: '/platform/texts/{language}/{key}',
    answer: ({ params, body }) => {
      const { language = '', key = '' } = params
      overrides[language] = { ...overrides[language], [key]: (body as { text: string }).text }
    },
  },
  { method: 'PUT', path: '/platform/me/language', answer: () => undefined },
]
