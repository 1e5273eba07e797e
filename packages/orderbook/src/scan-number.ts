import { CRC_TABLE } from './crc32.ts';
import type { FrameBuffer } from './frame-buffer.ts';

const DOT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;

/** Reads one number of a frame: its value and the CRC of its digits in one go (scan-levels.ts). */
export class NumberScan {
  /** The digits as one integer, the point left out; not exact beyond 2^53. */
  value = 0;
  /** The CRC of the digits from register 0, and how many they are, leading zeros left out. */
  crc = 0;
  digits = 0;
  decimals = 0;

  /** The index after the number at `start`; -1 when there is none, or not in plain digits. */
  read({ bytes }: FrameBuffer, start: number): number {
    let at = start;
    let value = 0;
    let crc = 0;
    let digits = 0;
    let byte = bytes[at]!;
    if (byte === ZERO) {
      byte = bytes[++at]!;
    } else {
      while (byte >= ZERO && byte <= NINE) {
        value = value * 10 + (byte - ZERO);
        crc = CRC_TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8);
        byte = bytes[++at]!;
      }
      digits = at - start;
      if (digits === 0) return -1;
    }
    let decimals = 0;
    if (byte === DOT) {
      const first = ++at;
      byte = bytes[at]!;
      while (byte >= ZERO && byte <= NINE) {
        value = value * 10 + (byte - ZERO);
        if (digits !== 0 || byte !== ZERO) {
          crc = CRC_TABLE[(crc ^ byte) & 255]! ^ (crc >>> 8);
          digits++;
        }
        byte = bytes[++at]!;
      }
      decimals = at - first;
      if (decimals === 0) return -1;
    }
    this.value = value;
    this.crc = crc;
    this.digits = digits;
    this.decimals = decimals;
    return at;
  }
}

/** The digits of `[start, end)` as one integer, the point left out. */
export function integerOf(bytes: Uint8Array, start: number, end: number): bigint {
  let text = '';
  for (let i = start; i < end; i++) {
    if (bytes[i] !== DOT) text += String.fromCharCode(bytes[i]!);
  }
  return BigInt(text);
}
