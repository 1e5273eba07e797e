import type { KrakenError } from '@kr/schemas';
import { parseFuturesError, parseKrakenError } from '@kr/schemas/errors';
import { type JsonValue, parseJson, RawNumber } from '@kr/schemas/json';
import { type AnswerSource, notFromApi, rejected, unexpectedAnswer } from './answer-errors.ts';
import type { Endpoint } from './endpoint.ts';
import type { WholeAnswer } from './exchange.ts';
import { isSchemaError } from './schema-error.ts';

export interface ReadAnswer {
  /** Of the endpoint's result type; for an unknown endpoint, JSON with exact numbers. */
  readonly value: unknown;
  readonly warnings: readonly string[];
}

/** @throws RestError `REJECTED`, `HTTP_STATUS`, `NOT_JSON`, `UNEXPECTED_ANSWER` */
export function readAnswer(endpoint: Endpoint, label: string, answer: WholeAnswer): ReadAnswer {
  const { status, contentType, body } = answer;
  const { mutates, permission } = endpoint;
  const source = { endpoint: label, mutates, status, contentType, permission };
  const isJson = /json/i.test(contentType);
  if (endpoint.format !== 'json' && !isJson && status >= 200 && status < 300) {
    return {
      value: endpoint.format === 'text' ? new TextDecoder().decode(body) : body,
      warnings: [],
    };
  }
  const json = readJson(source, body);
  if (endpoint.venue === 'spot') return readSpot(endpoint, source, json, body);
  return readFutures(endpoint, source, json, body);
}

function readJson(source: AnswerSource, body: Uint8Array): JsonValue {
  try {
    return parseJson(hasByteOrderMark(body) ? body.subarray(3) : body);
  } catch (error) {
    if (isSchemaError(error, 'MALFORMED_JSON')) throw notFromApi(source, body);
    throw error;
  }
}

/** JSON has none, and RFC 8259 lets a reader pass over one that a gateway put there. */
function hasByteOrderMark([first, second, third]: Uint8Array): boolean {
  return first === 0xef && second === 0xbb && third === 0xbf;
}

/** `{"error": ["E…", "W…"], "result": …}` */
function readSpot(
  endpoint: Endpoint,
  source: AnswerSource,
  json: JsonValue,
  body: Uint8Array,
): ReadAnswer {
  const texts = isObject(json) ? json['error'] : undefined;
  if (!isObject(json) || !isTexts(texts)) {
    if (source.status < 200 || source.status >= 300) throw notFromApi(source, body);
    throw unexpectedAnswer(source, 'there is no "error" list.');
  }
  const errors = texts.map(parseKrakenError);
  const [first, ...others] = errors.filter(({ severity }) => severity === 'error');
  if (first !== undefined) throw rejected(source, [first, ...others]);
  if (!('result' in json)) throw unexpectedAnswer(source, 'there is no "result".');
  return { value: shape(endpoint, source, json['result'] ?? null), warnings: texts };
}

/** `{"result": "success" | "error", "error"?: …}`, or `{"status": …, "errors": [{"message"}]}` */
function readFutures(
  endpoint: Endpoint,
  source: AnswerSource,
  json: JsonValue,
  body: Uint8Array,
): ReadAnswer {
  const [first, ...others] = futuresErrors(json);
  if (first !== undefined) throw rejected(source, [first, ...others]);
  if (source.status < 200 || source.status >= 300) throw notFromApi(source, body);
  return { value: shape(endpoint, source, json), warnings: [] };
}

function futuresErrors(json: JsonValue): KrakenError[] {
  if (!isObject(json)) return [];
  const { error, errors, result, status } = json as Readonly<Record<string, JsonValue>>;
  if (result === 'error' || (typeof error === 'string' && result !== 'success')) {
    return [parseFuturesError(typeof error === 'string' ? error : 'unknownError')];
  }
  if (result !== undefined || typeof status !== 'string' || !Array.isArray(errors)) return [];
  return errors.map((row: JsonValue) => {
    const message = isObject(row) ? row['message'] : row;
    return parseFuturesError(typeof message === 'string' ? message : status);
  });
}

function shape(endpoint: Endpoint, source: AnswerSource, value: JsonValue): unknown {
  if (endpoint.readResult === undefined) return value;
  try {
    return endpoint.readResult(value);
  } catch (error) {
    if (isSchemaError(error)) throw unexpectedAnswer(source, error.message, error);
    throw error;
  }
}

function isObject(value: JsonValue | undefined): value is { readonly [key: string]: JsonValue } {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof RawNumber)
  );
}

function isTexts(value: JsonValue | undefined): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string');
}
