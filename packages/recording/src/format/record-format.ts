/**
 * One record of a segment. All numbers are little-endian.
 *
 * | offset | bytes | field |
 * | ---: | ---: | --- |
 * | 0 | 4 | sync marker `FF 4B 52 FE` |
 * | 4 | 4 | n, the payload's length |
 * | 8 | 1 | kind |
 * | 9 | 3 | zero |
 * | 12 | 4 | ordinal within the segment: 0, 1, 2… |
 * | 16 | 4 | connection id |
 * | 20 | 8 | sequence within the connection |
 * | 28 | 8 | wall clock, ns since the epoch (signed) |
 * | 36 | 8 | monotonic clock, ns (signed) |
 * | 44 | n | payload |
 * | 44+n | 4 | CRC-32 of bytes 4 to 44+n |
 *
 * FF and FE stand nowhere in UTF-8, so no text payload holds a marker: a reader that lost its place
 * finds the next record by it. The ordinal then says how many records were lost on the way.
 */
export const SYNC_MARKER: Uint8Array = Uint8Array.of(0xff, 0x4b, 0x52, 0xfe);
/** The marker as a little-endian word. */
export const SYNC_WORD = 0xfe524bff;

export const LENGTH_AT = 4;
export const KIND_AT = 8;
export const ORDINAL_AT = 12;
export const CONNECTION_AT = 16;
export const SEQUENCE_AT = 20;
export const WALL_AT = 28;
export const MONOTONIC_AT = 36;
export const PAYLOAD_AT = 44;
/** Bytes of a record around its payload. */
export const RECORD_OVERHEAD = 48;
/** The longest payload: bounds what a reader must hold to judge one record. */
export const MAX_PAYLOAD_BYTES: number = 64 * 1024 * 1024;

export const HEADER_KIND = 1;
export const FRAME_KIND = 2;
export const GAP_KIND = 3;
export const END_KIND = 4;
