import { MantineBase } from './mantine-base'
import { LeanUiProvider, type UiProviderProps } from './provider'

/** As LeanUiProvider, for an application that uses Mantine's components itself. */
export function UiProvider({ children, ...props }: UiProviderProps) {
  return (
    <LeanUiProvider {...props}>
      <MantineBase>{children}</MantineBase>
    </LeanUiProvider>
  )
}
