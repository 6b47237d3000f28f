import { BUSINESS_DATE } from './member-accounts'
import { MockProblem, type MockRoute } from './router'

const CODE = 'K7QM-4XWP-9TRD'
const NET = '5374.75'
const UNTIL = '2026-06-16T15:42:00Z'
const UNKNOWN = {
  es: 'No encontramos ese documento',
  en: 'We could not find that document',
}
const plain = (code: string) => code.replace(/[\s-]/g, '').toUpperCase()

export const verificationRoutes: MockRoute[] = [
  {
    method: 'POST',
    path: '/member_portal/position/documents',
    answer: () => ({
      filename: `position-${BUSINESS_DATE}.pdf`,
      content_type: 'application/pdf',
      content_base64: btoa('%PDF-1.4\n%%EOF\n'),
      code: CODE,
      valid_until: UNTIL,
    }),
  },
  {
    method: 'GET',
    path: '/platform/verifications/{code}',
    open: true,
    answer: ({ params, query, language }) => {
      if (plain(params.code ?? '') !== plain(CODE))
        throw new MockProblem(404, 'unknown_verification_code', UNKNOWN, {
          remedy:
            language === 'en'
              ? 'Check the code letter by letter.'
              : 'Revise el código letra por letra.',
        })
      const total = query.get('total')
      return {
        code: CODE,
        kind: 'member_position',
        title: language === 'en' ? 'Consolidated position' : 'Posición consolidada',
        institution: 'Cooperativa Chakana',
        issued_at: `${BUSINESS_DATE}T15:42:00Z`,
        valid_until: UNTIL,
        total_matches: total === null ? null : total === NET,
        file_matches: null,
      }
    },
  },
]
