export { SimulatorContext, type SimulatorSetting } from './context'
export { LoanSimulator, type OwnTermsProps } from './loan/loan-simulator'
export { TermSimulator, type OwnTermTermsProps } from './term/term-simulator'
export { SIMULATOR_TEXTS } from './texts'
