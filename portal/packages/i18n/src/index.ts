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
export { TextsProvider, useFormats, useLanguage, useT } from './provider'
export {
  BASE_LANGUAGE,
  Texts,
  type Catalogue,
  type CatalogueSources,
  type MoreTexts,
} from './texts'
