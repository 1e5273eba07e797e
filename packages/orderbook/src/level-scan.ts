import { CRC_TABLE } from './crc32.ts';
import { word as wordAt } from './frame-scan.ts';
import { MAX_PRECISION, MAX_SAFE } from './lexeme.ts';

// Of this module: V8 takes a module's own constants for constants, but looks imported ones up at
// every use (a tenth of the whole scan).
const word = wordAt;
const TABLE = CRC_TABLE;
const MOST = MAX_PRECISION;
const EXACT = MAX_SAFE;

const COMMA = 0x2c;
const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const LOWER_Q = 0x71;
/** The lengths of `,"qty":` and `,"order_qty":`, and their words (frame-scan.ts). */
export const L2_KEY = 7;
export const L3_KEY = 13;
const L2_WORD = 0x7471_222c; // ,"qt
const L3_WORD_0 = 0x726f_222c; // ,"or
const L3_WORD_1 = 0x5f72_6564; // der_
const KEY_END = 0x3a22_7974; // ty":

/**
 * Reads a price and a quantity out of a frame: one digit loop makes the value and the CRC together.
 * Both begin at the first digit that is no leading zero, which is Kraken's rule for the checksum's
 * text.
 */
export class LevelScan {
  /** Scaled integers: the digits, the point left out. */
  price = 0;
  quantity = 0;
  priceDecimals = 0;
  quantityDecimals = 0;
  /** The CRC of the digits of both from register 0, and how many they are. */
  crc = 0;
  digits = 0;

  /**
   * Reads `45283.5,"qty":0.10000000` and gives the index after it. `key` is the length of what
   * stands between the two, L2_KEY or L3_KEY. Gives -1 for anything but plain decimals of 1 to MAX_PRECISION decimals
   * that a double holds exactly: the parser's work.
   */
  read(bytes: Uint8Array, start: number, key: number): number {
    let at = start;
    let crc = 0;
    let priceDigits = 0;
    for (let isQuantity = false; ; isQuantity = true) {
      const first = at;
      let value = 0;
      let digits = 0;
      let point = -1;
      for (; ; at++) {
        const byte = bytes[at]!;
        if (byte >= ZERO && byte <= NINE) {
          const digit = byte - ZERO;
          value = value * 10 + digit;
          if ((digits | digit) !== 0) {
            crc = TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8);
            digits++;
          }
        } else if (byte === DOT && point < 0) {
          point = at;
        } else {
          break;
        }
      }
      let decimals = 0;
      let whole = at - first;
      if (point >= 0) {
        decimals = at - point - 1;
        whole = point - first;
        if (decimals === 0 || decimals > MOST) return -1;
      }
      // JSON has no empty whole part, and none with a leading zero.
      if (whole !== 1 && (whole === 0 || bytes[first] === ZERO)) return -1;
      if (value > EXACT) return -1;
      if (isQuantity) {
        this.quantity = value;
        this.quantityDecimals = decimals;
        this.crc = crc;
        this.digits = priceDigits + digits;
        return at;
      }
      // A price of zero is none.
      if (digits === 0 || bytes[at] !== COMMA) return -1;
      priceDigits = digits;
      this.price = value;
      this.priceDecimals = decimals;
      if (word(bytes, at + key - 4) !== KEY_END) return -1;
      if (key === L2_KEY) {
        if (word(bytes, at) !== L2_WORD) return -1;
      } else if (
        word(bytes, at) !== L3_WORD_0 ||
        word(bytes, at + 4) !== L3_WORD_1 ||
        bytes[at + 8] !== LOWER_Q
      ) {
        return -1;
      }
      at += key;
    }
  }
}
