/**
 * The few building blocks of which every schema is made: numbers keep their digits, objects their
 * unknown fields, enumerations their unknown values.
 *
 * @packageDocumentation
 */
export {
  decimalOrStringSchema,
  decimalSchema,
  decimalStringSchema,
  type WireDecimal,
} from './decimal.ts';
export { idSchema } from './id.ts';
export type { JsonSchema } from './leaf.ts';
export {
  type KeyedObject,
  keyedObject,
  type Open,
  openEnum,
  openIntegers,
  openObject,
  openUnion,
} from './open.ts';
export {
  integerSchema,
  relativePriceSchema,
  timestampSchema,
  uint32Schema,
} from './scalars.ts';
