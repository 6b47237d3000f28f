import { MockProblem, type MockRoute } from './router'
import { tenantOf } from './tenants'

export type MockPerson = {
  tenant: string
  username: string
  password: string
  mustChange?: boolean
  /** What the API says of them: MemberUser or StaffUser. */
  user: { id: string } & Record<string, unknown>
}

const ACCESS_SECONDS = 300
let issued = 0

const WRONG = {
  es: 'El usuario o la contraseña no son correctos.',
  en: 'The user name or the password is not right.',
}
const ENDED = { es: 'Su sesión terminó.', en: 'Your session has ended.' }
const CURRENT = {
  es: 'La contraseña actual no es correcta.',
  en: 'The current password is not right.',
}
const POLICY = {
  es: 'Use al menos 10 caracteres, con letras y números.',
  en: 'Use at least 10 characters, with letters and numbers.',
}

const tokensFor = (person: MockPerson) => {
  issued += 1
  return {
    access_token: `mock.${person.user.id}.${issued}`,
    expires_in: ACCESS_SECONDS,
    refresh_token: `refresh.${person.user.id}.${issued}`,
  }
}

/** Sign-in, renewal, sign-out and password of one audience, under its own path. */
export function sessionRoutes(path: string, people: MockPerson[]): MockRoute[] {
  const bySubject = (subject: string | null | undefined) =>
    people.find((person) => person.user.id === subject)
  return [
    {
      method: 'POST',
      path: `${path}/sessions`,
      open: true,
      answer: ({ body }) => {
        const given = body as { tenant: string; username: string; password: string }
        const person = people.find(
          (known) =>
            known.tenant === given.tenant &&
            known.username === given.username &&
            known.password === given.password,
        )
        if (person === undefined) throw new MockProblem(401, 'invalid_credentials', WRONG)
        return {
          ...tokensFor(person),
          must_change_password: person.mustChange ?? false,
          user: person.user,
          tenant: tenantOf(person.tenant),
        }
      },
    },
    {
      method: 'POST',
      path: `${path}/tokens`,
      open: true,
      answer: ({ body }) => {
        const [, subject] = (body as { refresh_token: string }).refresh_token.split('.')
        const person = bySubject(subject)
        if (person === undefined) throw new MockProblem(401, 'session_ended', ENDED)
        return tokensFor(person)
      },
    },
    { method: 'DELETE', path: `${path}/sessions/current`, answer: () => undefined },
    {
      method: 'PUT',
      path: `${path}/password`,
      answer: ({ body, subject }) => {
        const { current, new: next } = body as { current: string; new: string }
        const person = bySubject(subject)
        if (person?.password !== current) throw new MockProblem(401, 'wrong_password', CURRENT)
        if (next.length < 10 || !/\d/.test(next) || !/\p{L}/u.test(next))
          throw new MockProblem(422, 'password_policy', POLICY, { field: 'new' })
        person.password = next
        person.mustChange = false
      },
    },
  ]
}
