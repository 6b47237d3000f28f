export { Logo } from './brand/logo'
export { Mark } from './brand/mark'
export { Splash } from './brand/splash'
export { pictureOf } from './brand/picture'
export { Motif } from './brand/motif'
export { Bars, type BarGroup, type BarsProps } from './chart/bars'
export { Donut, type DonutProps, type Slice } from './chart/donut'
export { Line, type LinePoint, type LineProps } from './chart/line'
export { Stack as StackChart, type StackPoint, type StackProps } from './chart/stack'
export { addDays, addMonths, endOfMonth, isDate, startOfMonth, startOfYear } from './dates/calendar'
export { DateField } from './dates/date-field'
export { DateRange, rangeFault, type Range, type RangeLimits } from './dates/date-range'
export { DateText, DateTimeText } from './dates/date-text'
export { useConfirm, type ConfirmRequest } from './feedback/confirm'
export { Dialog } from './feedback/dialog'
export { Boundary } from './feedback/boundary'
export { ProgressBar } from './feedback/progress'
export { Loading, Skeleton, SkeletonRows } from './feedback/skeleton'
export { EmptyState, ErrorState, Notice } from './feedback/states'
export { useToast } from './feedback/toast'
export { Button, ButtonLink, IconButton, type ButtonProps, type ButtonTone } from './form/button'
export { Field, type ControlProps, type FieldProps } from './form/field'
export {
  CheckField,
  PasswordField,
  SelectField,
  TextAreaField,
  TextField,
  type Option,
} from './form/inputs'
export { Segments, type Segment } from './form/segments'
export { Slider, type SliderProps } from './form/slider'
export { Icon, type IconName } from './icons/icon'
export { useIntention } from './intention'
export { ConsoleShell, filterMenu, type ConsoleNode } from './layout/console-shell'
export {
  LanguageChoice,
  LanguageSwitch,
  nameOfLanguage,
  useLanguageKey,
} from './layout/language-switch'
export { MemberShell, OfflineNotice, useOnline, type ShellSection } from './layout/member-shell'
export { Menu, type MenuItem, type MenuItems } from './layout/menu'
export { PageHeader } from './layout/page-header'
export { Badge, Card, Columns, Row, Stack, Stat, Stats } from './layout/surface'
export { HideAmounts, Money } from './money/money'
export { holdsUnreadable, unreadable } from './form/unreadable'
export { MoneyInput } from './money/money-input'
export { PrintHeader, Receipt } from './print/receipt'
export { DataTable, type Column } from './table/data-table'
export { ExportMenu, type ExportFormat } from './table/export-menu'
export { contrast } from './theme/color'
export { paletteOf } from './theme/palette'
export { useUi, type Branding, type LinkProps } from './theme/context'
export { UiProvider } from './theme/mantine-provider'
export { LeanUiProvider } from './theme/provider'
export { SchemeChoice, ThemeSwitch } from './theme/scheme'
export { useScheme } from './theme/scheme-provider'
