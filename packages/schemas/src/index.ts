/**
 * Kraken's messages as zod schemas, with the types inferred from them.
 *
 * Names follow one pattern: `tickerFrameSchema` is the schema, `TickerFrame` its type. Fields keep
 * the wire's names; money is a decimal string with the wire's digits. Unknown fields and unknown
 * values of an enumeration pass through.
 *
 * This entry has the v2 sockets of Spot and what all share. The others have their own:
 * `@kr/schemas/uws`, `/spot-v1`, `/futures-ws`, `/rest`, `/futures-rest`; and so has each channel and
 * method of these sockets: `@kr/schemas/ws/book`, `@kr/schemas/ws/add-order`.
 *
 * @packageDocumentation
 */
export { type KrakenError, parseFuturesError, parseKrakenError } from './errors/index.ts';
export { gapEventSchema } from './gap-event.ts';
export {
  decodeUtf8,
  isNumberText,
  type JsonObject,
  type JsonValue,
  parseJson,
  RawNumber,
  stringifyJson,
} from './json/index.ts';
export { formatText, parseText, parseWith } from './parse-with.ts';
export {
  decimalOrStringSchema,
  decimalSchema,
  decimalStringSchema,
  idSchema,
  integerSchema,
  type KeyedObject,
  type Open,
  timestampSchema,
  uint32Schema,
  type WireDecimal,
} from './primitives/index.ts';
export type { Route } from './routes.ts';
export {
  isSchemaError,
  SchemaError,
  type SchemaErrorCode,
  type SchemaErrorContext,
  type SchemaIssue,
} from './schema-error.ts';
export {
  type AcceptedOrder,
  type ChallengeSigner,
  type Clock,
  createSystemClock,
  createSystemTimers,
  type ErrorCategory,
  type Frame,
  type FuturesSignable,
  formatTimestamp,
  type GapEvent,
  type GapReason,
  type OrderOutcome,
  parseTimestamp,
  type ReceivedAt,
  type RejectedOrder,
  type SignableParams,
  type SignableValue,
  type Signed,
  type Signer,
  type SigningOptions,
  type SpotSignable,
  type Timers,
  type TokenProvider,
  type UnknownOrder,
  type WebSocketToken,
} from './shared/index.ts';
export { parseStrictly, strictOf } from './strict.ts';
export * from './ws/index.ts';
