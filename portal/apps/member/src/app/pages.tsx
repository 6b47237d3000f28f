import { useT } from '@minga/i18n'
import {
  Boundary,
  Loading,
  MemberShell,
  Skeleton,
  Stack,
  useScheme,
  type MenuItems,
} from '@minga/ui'
import { nameOfLanguage, type ShellSection } from '@minga/ui'
import { useLanguage } from '@minga/i18n'
import { lazy, memo, Suspense, useState } from 'react'
import { Navigate, Outlet, Route, Routes, useLocation, useNavigate } from 'react-router'
import { PositionPage } from '../position/position-page'
import { SignInPage } from '../session/sign-in-page'
import { usePortal, useProfile, useSessionState } from './context'
import { accountPage, type FetchedPage } from './warm-code'

/** As `lazy`, but a page whose code has come already is shown without anything in its stead first. */
function fetched(page: FetchedPage) {
  const Later = lazy(page.load)
  return function Fetched() {
    const [Page] = useState(() => page.here ?? Later)
    return <Page />
  }
}

const StatementsPage = lazy(() => import('../accounts/statements-page'))
const AccountPage = fetched(accountPage)
const TermDepositsPage = lazy(() => import('../term/term-deposits-page'))
const TermDepositPage = lazy(() => import('../term/term-deposit-page'))
const TransferPage = lazy(() => import('../transfer/transfer-page'))
const VerifyPage = lazy(() => import('../verify/verify-page'))
const SettingsPage = lazy(() => import('../settings/settings-page'))
const PasswordPage = lazy(() => import('../session/password-page'))
const NewPasswordPage = lazy(() => import('../session/new-password-page'))
const HubPage = lazy(() => import('../simulate/hub-page'))
const LoanPage = lazy(() => import('../simulate/loan-page'))
const TermPage = lazy(() => import('../simulate/term-page'))
const VisitorFrame = lazy(() => import('../simulate/visitor-frame'))
const NotFoundPage = lazy(() => import('../pages/not-found-page'))

/** Drawn again for its address and its session, not because what is around it was. */
export const Pages = memo(function Pages() {
  return (
    <Routes>
      <Route path="/sign-in" element={<Open />} />
      <Route path="/simulate" element={<ForAll />}>
        <Route index element={<HubPage />} />
        <Route path="loan" element={<LoanPage />} />
        <Route path="term-deposit" element={<TermPage />} />
      </Route>
      <Route path="/verify" element={<ForAll />}>
        <Route index element={<VerifyPage />} />
      </Route>
      <Route element={<Guarded />}>
        <Route path="/" element={<PositionPage />} />
        <Route path="/statements" element={<StatementsPage />} />
        <Route path="/accounts/:id" element={<AccountPage />} />
        <Route path="/term-deposits" element={<TermDepositsPage />} />
        <Route path="/term-deposits/:id" element={<TermDepositPage />} />
        <Route path="/transfer" element={<TransferPage />} />
        <Route path="/settings" element={<SettingsPage />} />
        <Route path="/settings/password" element={<PasswordPage />} />
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  )
})

type Wanted = { wanted?: string } | null

/** Sign-in, for whoever is not in yet. */
function Open() {
  const { api } = usePortal()
  const { status } = useSessionState(api.session)
  const location = useLocation()
  if (status === 'anonymous') return <SignInPage />
  return <Navigate to={(location.state as Wanted)?.wanted ?? '/'} replace />
}

/** What visitors may open too, in a frame of their own. */
function ForAll() {
  const { api } = usePortal()
  const { status } = useSessionState(api.session)
  const { pathname } = useLocation()
  if (status !== 'anonymous') return <Guarded />
  return (
    <Suspense fallback={<Waiting />}>
      <VisitorFrame>
        <Boundary place={pathname}>
          <Suspense fallback={<Waiting />}>
            <Outlet />
          </Suspense>
        </Boundary>
      </VisitorFrame>
    </Suspense>
  )
}

/** Everything else, for whoever is; a temporary password opens one page only. */
function Guarded() {
  const { api } = usePortal()
  const { status } = useSessionState(api.session)
  const location = useLocation()
  if (status === 'anonymous')
    return <Navigate to="/sign-in" replace state={{ wanted: location.pathname }} />
  return (
    <Suspense fallback={<Waiting />}>
      {status === 'restricted' ? <NewPasswordPage /> : <Framed />}
    </Suspense>
  )
}

function Waiting() {
  return (
    <Loading>
      <Stack>
        <Skeleton width="260px" height="34px" />
        <Skeleton height="190px" />
        <Skeleton height="280px" />
      </Stack>
    </Loading>
  )
}

const SECTIONS = [
  ['/', 'member.nav.position', 'home', /^\/$/],
  ['/statements', 'member.nav.statements', 'list', /^\/(statements|accounts)/],
  ['/term-deposits', 'member.nav.term', 'sprout', /^\/term-deposits/],
  ['/simulate', 'member.nav.simulate', 'calculator', /^\/simulate/],
  ['/settings', 'member.nav.settings', 'settings', /^\/settings/],
] as const

function Framed() {
  const t = useT()
  const { user } = useProfile()
  const { pathname } = useLocation()
  const sections: ShellSection[] = SECTIONS.map(([to, key, icon, pattern]) => ({
    to,
    label: t(key),
    icon,
    current: pattern.test(pathname),
  }))
  return (
    <MemberShell
      sections={sections}
      user={{ name: user.name, detail: user.username }}
      userMenu={useUserMenu()}
    >
      <Boundary place={pathname}>
        <Suspense fallback={<Waiting />}>
          <Outlet />
        </Suspense>
      </Boundary>
    </MemberShell>
  )
}

function useUserMenu(): MenuItems {
  const t = useT()
  const { api } = usePortal()
  const navigate = useNavigate()
  const { current, offered, choose } = useLanguage()
  const scheme = useScheme()
  const others = offered.filter((language) => language !== current)
  return () => [
    {
      label: t('member.menu.password'),
      icon: 'key',
      onSelect: () => void navigate('/settings/password'),
    },
    ...others.map((language) => ({
      label: nameOfLanguage(language),
      lang: language,
      icon: 'globe' as const,
      onSelect: () => choose(language),
    })),
    {
      label: t(scheme.shown === 'dark' ? 'ui.scheme.to_light' : 'ui.scheme.to_dark'),
      icon: scheme.shown === 'dark' ? 'sun' : 'moon',
      onSelect: scheme.toggle,
    },
    {
      label: t('member.menu.sign_out'),
      icon: 'sign-out',
      separated: true,
      onSelect: () => {
        void navigate('/sign-in', { replace: true })
        void api.session.signOut()
      },
    },
  ]
}
