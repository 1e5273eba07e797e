import { LENGTH_AT, PAYLOAD_AT, SYNC_MARKER, SYNC_WORD } from './record-format.ts';

/** CRC-32 of bytes, going on from the one of the bytes before them: `crc32` of node:zlib. */
export type Crc32 = (bytes: Uint8Array, value?: number) => number;

/** The CRC register (inverted, as it stands between two bytes) after a message with its own CRC behind it. */
const RESIDUE = 0xdebb20e3 | 0;
const POLYNOMIAL = 0xedb88320 | 0;
const DIGIT_BITS = 6;
const DIGITS = 1 << DIGIT_BITS;
/** A table maps each of a register's eight nibbles: 8 × 16 words. */
const TABLE_WORDS = 128;

/**
 * What the CRC-32 of whole records in a row must be when each has its right CRC: a function of their lengths
 * alone, because CRC is linear and a message with its CRC behind it leaves a constant. So one call of
 * the processor's own CRC over thousands of records replaces a call for each, which costs five times as
 * much; a record that is wrong shows in the whole as it does by itself, and is then looked for.
 */
export class CrcRun {
  #register = -1;

  begin(): void {
    this.#register = -1;
  }

  /** Counts in a record of so many bytes of payload. */
  add(payloadBytes: number): void {
    const behindMarker = shift(this.#register, SYNC_MARKER.length) ^ MARKER;
    // Of LENGTH_AT to the end: its own register began at -1.
    this.#register = RESIDUE ^ shift(~behindMarker, PAYLOAD_AT - LENGTH_AT + payloadBytes + 4);
  }

  /** The CRC-32 of all of them, as an unsigned integer. */
  get expected(): number {
    return ~this.#register >>> 0;
  }
}

/** A register after so many bytes of zeros. */
function shift(register: number, bytes: number): number {
  let value = register;
  let rest = bytes;
  for (let level = 0; rest > 0; level += 1, rest >>>= DIGIT_BITS) {
    const digit = rest & (DIGITS - 1);
    if (digit > 0) value = lookUp(tablesOf(level), digit * TABLE_WORDS, value);
  }
  return value;
}

function lookUp(tables: Int32Array, at: number, value: number): number {
  return (
    (tables[at + (value & 15)] ?? 0) ^
    (tables[at + 16 + ((value >>> 4) & 15)] ?? 0) ^
    (tables[at + 32 + ((value >>> 8) & 15)] ?? 0) ^
    (tables[at + 48 + ((value >>> 12) & 15)] ?? 0) ^
    (tables[at + 64 + ((value >>> 16) & 15)] ?? 0) ^
    (tables[at + 80 + ((value >>> 20) & 15)] ?? 0) ^
    (tables[at + 96 + ((value >>> 24) & 15)] ?? 0) ^
    (tables[at + 112 + (value >>> 28)] ?? 0)
  );
}

const levels: Int32Array[] = [];

/** For each digit of a length in base 64, at its level, what that many bytes of zeros make of a register. */
function tablesOf(level: number): Int32Array {
  let tables = levels[level];
  if (tables === undefined) {
    tables = makeTables(level);
    levels[level] = tables;
  }
  return tables;
}

function makeTables(level: number): Int32Array {
  const tables = new Int32Array(DIGITS * TABLE_WORDS);
  const below = level === 0 ? undefined : tablesOf(level - 1);
  const one = (value: number): number =>
    below === undefined
      ? zeroByte(value)
      : lookUp(below, TABLE_WORDS, lookUp(below, (DIGITS - 1) * TABLE_WORDS, value));
  for (let digit = 1; digit < DIGITS; digit += 1) {
    const at = digit * TABLE_WORDS;
    for (let index = 0; index < TABLE_WORDS; index += 1) {
      const nibble = (index & 15) << ((index >>> 4) * 4);
      tables[at + index] = one(digit === 1 ? nibble : lookUp(tables, at - TABLE_WORDS, nibble));
    }
  }
  return tables;
}

function zeroByte(register: number): number {
  let value = register;
  for (let bit = 0; bit < 8; bit += 1) {
    value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ POLYNOMIAL;
  }
  return value;
}

/** A register of 0 after the sync marker. */
const MARKER = shift(SYNC_WORD | 0, SYNC_MARKER.length);
