/**
 * Kraken's messages as zod schemas, with the types inferred from them.
 *
 * Names follow one pattern: `tickerFrameSchema` is the schema, `TickerFrame` its type. Fields keep
 * the wire's names; money is a decimal string with the wire's digits. Unknown fields and unknown
 * values of an enumeration pass through.
 *
 * @packageDocumentation
 */
export { gapEventSchema } from './gap-event.ts';
export * from './json/index.ts';
export { formatText, parseText, parseWith } from './parse-with.ts';
export {
  decimalSchema,
  decimalStringSchema,
  idSchema,
  integerSchema,
  type Open,
  timestampSchema,
  type WireDecimal,
} from './primitives/index.ts';
export {
  isSchemaError,
  SchemaError,
  type SchemaErrorCode,
  type SchemaErrorContext,
  type SchemaIssue,
} from './schema-error.ts';
export * from './shared/index.ts';
export * from './ws/index.ts';
