import { Texts, TextsProvider } from '@minga/i18n'
import { render } from '@testing-library/react'
import type { ReactNode } from 'react'
import { UiProvider, type LinkProps } from '../src'

const Link = ({ to, children, ...rest }: LinkProps) => (
  <a href={to} {...rest}>
    {children}
  </a>
)

/** Renders under the design system, in Spanish as Ecuador writes it. */
export async function renderUi(node: ReactNode, language = 'es') {
  const texts = await Texts.start({ base: {}, sources: {}, language })
  const screen = render(
    <TextsProvider texts={texts} locale="es-EC" offered={['es', 'en']}>
      <UiProvider branding={{}} institution="Chakana" link={Link} env="test">
        {node}
      </UiProvider>
    </TextsProvider>,
  )
  return { ...screen, texts }
}
