import { isDecimal } from '@kr/orderbook/decimal';
import { type JsonObject, type JsonValue, RawNumber } from '@kr/schemas/json';
import { parseTimestamp } from '@kr/schemas/shared';
import { Refusal } from '../exchange/index.ts';

/** A field that cannot be read: thrown, and answered by the one who reads the request. */
export class FieldRefusal extends Error {
  override readonly name = 'FieldRefusal';
}

/** Seen: `Limit_price field must be a number_float`, `Token(s) not found`. */
function mustBe(name: string, what: string): FieldRefusal {
  return new FieldRefusal(`${capital(name)} field must be ${what}`);
}

/** The parameters of a request, read field by field in the exchange's words; numbers keep their digits. */
export class Fields {
  readonly #values: JsonObject;

  constructor(values: JsonObject) {
    this.#values = values;
  }

  has(name: string): boolean {
    return this.#values[name] !== undefined;
  }

  /** The required one. */
  require<T>(name: string, value: T | undefined): T {
    if (value === undefined) throw new FieldRefusal(`${capital(name)}(s) not found`);
    return value;
  }

  text(name: string): string | undefined {
    const value = this.#values[name];
    if (value === undefined || typeof value === 'string') return value;
    throw mustBe(name, 'a string');
  }

  /** Decimal text, as printed. */
  decimal(name: string): string | undefined {
    const value = this.#values[name];
    if (value === undefined) return undefined;
    if (typeof value === 'number' || value instanceof RawNumber) {
      const text = String(value);
      if (isDecimal(text)) return text;
    }
    throw mustBe(name, 'a number_float');
  }

  integer(name: string): number | undefined {
    const value = this.#values[name];
    if (value === undefined) return undefined;
    if (typeof value === 'number') return value;
    throw mustBe(name, 'a number_integer');
  }

  flag(name: string): boolean | undefined {
    const value = this.#values[name];
    if (value === undefined || typeof value === 'boolean') return value;
    throw mustBe(name, 'a boolean');
  }

  time(name: string): bigint | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const atNs = parseTimestamp(text);
    if (atNs === undefined) throw new FieldRefusal(`EGeneral:Invalid arguments:${name}`);
    return atNs;
  }

  oneOf<const T extends string>(name: string, words: readonly T[]): T | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const word = words.find((each) => each === text);
    if (word === undefined) throw new FieldRefusal(`EGeneral:Invalid arguments:${name}`);
    return word;
  }

  object(name: string): Fields | undefined {
    const value = this.#values[name];
    if (value === undefined) return undefined;
    if (isObject(value)) return new Fields(value);
    throw mustBe(name, 'an object');
  }

  objects(name: string): readonly Fields[] | undefined {
    return this.#array(name)?.map((each) => {
      if (isObject(each)) return new Fields(each);
      throw mustBe(name, 'an array of objects');
    });
  }

  texts(name: string): readonly string[] {
    return (this.#array(name) ?? []).map((each) => {
      if (typeof each === 'string' || typeof each === 'number') return String(each);
      throw mustBe(name, 'an array of strings');
    });
  }

  /** Refuses a name that the request may not have. */
  allow(names: ReadonlySet<string>, method: string): void {
    const other = Object.keys(this.#values).find((name) => !names.has(name));
    if (other === undefined) return;
    const type = method.replaceAll('_', ' ');
    throw new FieldRefusal(`Unsupported field: '${other}' for the given msg type: ${type}`);
  }

  #array(name: string): readonly JsonValue[] | undefined {
    const value = this.#values[name];
    if (value === undefined || Array.isArray(value)) return value as JsonValue[] | undefined;
    throw mustBe(name, 'an array');
  }
}

export function isObject(value: JsonValue | undefined): value is JsonObject {
  return (
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    !(value instanceof RawNumber)
  );
}

/** The text of a refusal, of either kind; everything else is thrown on. */
export function errorOf(error: unknown): string {
  if (error instanceof FieldRefusal) return error.message;
  if (error instanceof Refusal) return error.error;
  throw error;
}

function capital(name: string): string {
  return name.slice(0, 1).toUpperCase() + name.slice(1);
}
