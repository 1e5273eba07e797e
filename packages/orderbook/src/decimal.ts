/**
 * Exact arithmetic on decimal texts: no float anywhere. A decimal is a text (`'0.10000000'`) or,
 * read, an integer and its scale (`{ value: 10000000n, scale: 8 }`). Results keep the trailing
 * zeros of what they were made of: `addDecimals('1.0', '0.25')` is `'1.25'`, `'1.0' + '1.00'` is
 * `'2.00'`.
 *
 * @packageDocumentation
 */
export {
  absDecimal,
  addDecimals,
  compareDecimals,
  multiplyDecimals,
  negateDecimal,
  signOfDecimal,
  subtractDecimals,
  sumDecimals,
} from './decimal/arithmetic.ts';
export {
  type Decimal,
  formatDecimal,
  fromScaled,
  isDecimal,
  parseDecimal,
  toScaled,
  trimDecimal,
} from './decimal/parse.ts';
export {
  divideDecimals,
  isMultipleOf,
  type Rounding,
  roundDecimal,
  roundToMultiple,
} from './decimal/rounding.ts';
