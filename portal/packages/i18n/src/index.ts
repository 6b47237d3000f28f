export {
  compareAmounts,
  decimalParts,
  fromMillionths,
  isNegative,
  isZero,
  shareOf,
  subtractAmounts,
  sumAmounts,
  toMillionths,
} from './amount'
export {
  createFormats,
  type AmountStyle,
  type DateStyle,
  type Formats,
  type MoneyText,
} from './formats'
export { BASE_LANGUAGE } from './first-language'
export { TextsProvider, useFormats, useLanguage, useT } from './provider'
export { Texts, type Catalogue, type CatalogueSources, type MoreTexts } from './texts'
