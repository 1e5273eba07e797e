/**
 * CRC-32 as zlib computes it (IEEE 802.3, reflected polynomial 0xEDB88320, initial value and final
 * exclusive-or 0xFFFFFFFF): https://www.rfc-editor.org/rfc/rfc1952#section-8
 *
 * The register is kept as a signed 32-bit integer; `>>> 0` makes the number that Kraken prints.
 *
 * CRC is linear over exclusive-or, so a text need not be fed byte by byte. For a register `r` and
 * a piece whose own CRC, started from register 0, is `c`:
 *
 *     feed(r, piece) = shift(r, piece.length) ^ c
 *
 * where `shift` feeds that many zero bytes. Shifting is linear too: it is the exclusive-or of what
 * becomes of the register's four bytes alone, four look-ups whatever the length.
 */
export const CRC_TABLE: Int32Array = /* @__PURE__ */ createTable();

/** The register before the first byte. */
export const CRC_INITIAL = -1;

/** The longest piece of one shift; a price and a quantity have at most 31 digits each. */
export const MAX_SHIFT = 63;

/** For each length, 4 tables of 256: what a zero-fed register byte 0, 1, 2, 3 turns into. */
const SHIFTS: Int32Array = /* @__PURE__ */ createShifts();

function createTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let register = byte;
    for (let bit = 0; bit < 8; bit++) {
      register = register & 1 ? (register >>> 1) ^ 0xedb88320 : register >>> 1;
    }
    return register;
  });
}

function createShifts(): Int32Array {
  const shifts = new Int32Array((MAX_SHIFT + 1) << 10);
  for (let column = 0; column < 1024; column++) {
    let register = (column & 255) << ((column >>> 8) * 8);
    for (let at = column; at < shifts.length; at += 1024) {
      shifts[at] = register;
      register = CRC_TABLE[register & 255]! ^ (register >>> 8);
    }
  }
  return shifts;
}

/** The register after `length` zero bytes, `length` at most MAX_SHIFT. */
export function crcShift(register: number, length: number): number {
  const row = length << 10;
  return (
    SHIFTS[row + (register & 255)]! ^
    SHIFTS[row + 256 + ((register >>> 8) & 255)]! ^
    SHIFTS[row + 512 + ((register >>> 16) & 255)]! ^
    SHIFTS[row + 768 + (register >>> 24)]!
  );
}

/** Feeds an ASCII text into a register: no initial value, no final exclusive-or. */
export function crcUpdate(register: number, text: string): number {
  for (let i = 0; i < text.length; i++) {
    register = CRC_TABLE[(register ^ text.charCodeAt(i)) & 255]! ^ (register >>> 8);
  }
  return register;
}

/** The CRC-32 of an ASCII text, unsigned: `crc32('123456789')` is 0xcbf43926. */
export function crc32(text: string): number {
  return ~crcUpdate(CRC_INITIAL, text) >>> 0;
}
