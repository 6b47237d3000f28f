import './mantine.css'
import {
  createTheme,
  defaultVariantColorsResolver,
  MantineProvider,
  type MantineColorsTuple,
  type VariantColorsResolver,
} from '@mantine/core'
import type { ReactNode } from 'react'
import { useUi } from './context'
import { useScheme } from './scheme-provider'

/** Ten references to one token: Mantine asks for ten shades and we have roles instead. */
const role = (token: string) =>
  Array.from({ length: 10 }, () => `var(${token})`) as unknown as MantineColorsTuple

const variantColors: VariantColorsResolver = (input) => {
  const colors = defaultVariantColorsResolver(input)
  const name = input.color ?? 'brand'
  if (input.variant !== 'filled' || !['brand', 'danger'].includes(name)) return colors
  return { ...colors, color: `var(--mantine-color-${name}-contrast)` }
}

const theme = createTheme({
  primaryColor: 'brand',
  colors: { brand: role('--fill'), danger: role('--bad') },
  defaultRadius: 'md',
  cursorType: 'pointer',
  respectReducedMotion: true,
  variantColorResolver: variantColors,
  // The library locks scrolling with a style element, which a strict CSP refuses: base.css does it.
  components: {
    Modal: { defaultProps: { lockScroll: false, centered: true, radius: 'lg' } },
    Drawer: { defaultProps: { lockScroll: false } },
  },
})

/** What Mantine's components need around them. They bring no style element of their own. */
export function MantineBase({ children }: { children: ReactNode }) {
  const { env } = useUi()
  const { shown } = useScheme()
  return (
    <MantineProvider
      theme={theme}
      forceColorScheme={shown}
      withCssVariables={false}
      withGlobalClasses={false}
      withStaticClasses={false}
      env={env}
    >
      {children}
    </MantineProvider>
  )
}
