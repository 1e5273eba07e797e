/**
 * CRC-32 as zlib computes it (IEEE 802.3, reflected polynomial 0xEDB88320, initial value and final
 * exclusive-or 0xFFFFFFFF): https://www.rfc-editor.org/rfc/rfc1952#section-8
 *
 * The register is kept as a signed 32-bit integer; `>>> 0` makes the number that Kraken prints.
 */
export const CRC_TABLE: Int32Array = /* @__PURE__ */ createTable();

/** The register before the first byte. */
export const CRC_INITIAL = -1;

function createTable(): Int32Array {
  return Int32Array.from({ length: 256 }, (_, byte) => {
    let register = byte;
    for (let bit = 0; bit < 8; bit++) {
      register = register & 1 ? (register >>> 1) ^ 0xedb88320 : register >>> 1;
    }
    return register;
  });
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
