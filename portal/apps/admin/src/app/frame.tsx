import { useLanguage, useT } from '@minga/i18n'
import { ConsoleShell, nameOfLanguage, useScheme, type MenuItems } from '@minga/ui'
import { lazy, Suspense, useCallback, useState, type ReactNode } from 'react'
import { useLocation, useNavigate } from 'react-router'
import { useConsole } from './context'
import { useMe, useOwnBranch } from './me'
import { nodesOf, placeOf } from './menu'

const HelpDialog = lazy(() => import('./help-dialog'))

/** Menu, clock, business date and help around every page. */
export function Frame({ children }: { children: ReactNode }) {
  const me = useMe()
  const branch = useOwnBranch()
  const { pathname } = useLocation()
  const [help, setHelp] = useState(false)
  const openHelp = useCallback(() => setHelp(true), [])
  const detail = branch ? `${branch.branch} · ${branch.name}` : me.tenant.name
  return (
    <ConsoleShell
      menu={nodesOf(me.menu)}
      currentPath={placeOf(me.menu, pathname)}
      clock={{
        branch: branch?.name ?? '',
        businessDate: branch?.business_date ?? null,
        timeZone: me.tenant.time_zone,
      }}
      user={{ name: me.user.name, detail }}
      userMenu={useUserMenu()}
      onHelp={openHelp}
    >
      {children}
      <Suspense>{help && <HelpDialog onClose={() => setHelp(false)} />}</Suspense>
    </ConsoleShell>
  )
}

function useUserMenu(): MenuItems {
  const t = useT()
  const { api } = useConsole()
  const navigate = useNavigate()
  const { current, offered, choose } = useLanguage()
  const scheme = useScheme()
  const others = offered.filter((language) => language !== current)
  return () => [
    {
      label: t('admin.menu.password'),
      icon: 'key',
      onSelect: () => void navigate('/account/password'),
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
      label: t('admin.menu.sign_out'),
      icon: 'sign-out',
      separated: true,
      onSelect: () => {
        void navigate('/sign-in', { replace: true })
        void api.session.signOut()
      },
    },
  ]
}
