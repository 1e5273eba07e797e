import crc32 from 'crc-32';
import { utf8 } from '../wire/bytes.ts';
import { isObject } from './segment-header.ts';

const MARK = ',"crc32":';

/** One line of JSON that carries the CRC-32 of its own text before it: `{…,"crc32":123}`. */
export function formatSealedLine(value: object): string {
  const text = JSON.stringify(value).slice(0, -1);
  return `${text}${MARK}${checksum(text)}}`;
}

/** The value of such a line without its `crc32`; `undefined` when a byte of it is not as it was written. */
export function parseSealedLine(line: string): Record<string, unknown> | undefined {
  const at = line.lastIndexOf(MARK);
  if (at === -1) return undefined;
  const text = line.slice(0, at);
  if (line.slice(at) !== `${MARK}${checksum(text)}}`) return undefined;
  try {
    const value: unknown = JSON.parse(`${text}}`);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function checksum(text: string): number {
  return crc32.buf(utf8(text)) >>> 0;
}
