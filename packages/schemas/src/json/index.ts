/**
 * JSON with exact numbers, without zod.
 *
 * @packageDocumentation
 */
export type { JsonObject, JsonValue } from './json-value.ts';
export { parseJson } from './parse-json.ts';
export { isNumberText, RawNumber } from './raw-number.ts';
export { stringifyJson } from './stringify-json.ts';
export { decodeUtf8 } from './utf8.ts';
