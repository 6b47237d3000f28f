import { useT } from '@minga/i18n'
import { ErrorState, Loading, Skeleton, Stack } from '@minga/ui'
import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense } from 'react'
import { Navigate, Outlet, Route, Routes, useLocation } from 'react-router'
import { SignInPage } from '../access/sign-in-page'
import { useConsole, useSessionState } from './context'
import { ForbiddenPage, NotFoundPage } from './dead-ends'
import { ErrorFence } from './error-fence'
import { Frame } from './frame'
import { meQuery, useMay } from './me'
import { ROUTES, type PageRoute } from './routes'

const NewPasswordPage = lazy(() => import('../access/new-password-page'))

export function Pages({ onTenant }: { onTenant: (code: string) => void }) {
  return (
    <Routes>
      <Route path="/sign-in" element={<Open onTenant={onTenant} />} />
      <Route element={<Guarded />}>
        {ROUTES.map((route) => (
          <Route key={route.path} path={route.path} element={<Allowed route={route} />} />
        ))}
        <Route path="*" element={<NotFoundPage />} />
      </Route>
    </Routes>
  )
}

type Wanted = { wanted?: string } | null

/** Sign-in, for whoever is not in yet. */
function Open({ onTenant }: { onTenant: (code: string) => void }) {
  const { api, tenant } = useConsole()
  const { status } = useSessionState(api.session)
  const location = useLocation()
  if (status === 'anonymous') return <SignInPage tenant={tenant} onTenant={onTenant} />
  return <Navigate to={(location.state as Wanted)?.wanted ?? '/'} replace />
}

/** Everything else, for whoever is; a temporary password opens one page only. */
function Guarded() {
  const { api } = useConsole()
  const { status } = useSessionState(api.session)
  const location = useLocation()
  if (status === 'anonymous') {
    const wanted = location.pathname + location.search
    return <Navigate to="/sign-in" replace state={{ wanted }} />
  }
  if (status === 'restricted')
    return (
      <Suspense fallback={<Waiting />}>
        <NewPasswordPage />
      </Suspense>
    )
  return <Inside />
}

/** Asks who one is and what one may do before anything is drawn. */
function Inside() {
  const { api } = useConsole()
  const { pathname } = useLocation()
  const me = useQuery(meQuery(api.client))
  if (me.data === undefined)
    return me.isError ? (
      <ErrorState error={me.error} onRetry={() => void me.refetch()} />
    ) : (
      <Waiting />
    )
  return (
    <Frame>
      <ErrorFence key={pathname}>
        <Suspense fallback={<Waiting />}>
          <Outlet />
        </Suspense>
      </ErrorFence>
    </Frame>
  )
}

function Allowed({ route }: { route: PageRoute }) {
  const may = useMay()
  const Page = route.page
  return may(...route.needs) ? <Page /> : <ForbiddenPage />
}

function Waiting() {
  const t = useT()
  return (
    <Loading>
      <Stack>
        <span className="visually-hidden">{t('ui.loading')}</span>
        <Skeleton width="240px" height="30px" />
        <Skeleton height="120px" />
        <Skeleton height="320px" />
      </Stack>
    </Loading>
  )
}
