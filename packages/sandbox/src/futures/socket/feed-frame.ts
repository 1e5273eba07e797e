import { WireFrame } from '../../protocol/wire-frame.ts';

/** A data frame of the futures v1 socket, with what it is about for faults. */
export function feedFrame(
  text: string,
  channel: string,
  type: 'snapshot' | 'update',
  symbols: readonly string[] = [],
): WireFrame {
  return new WireFrame(text, { channel, type, symbols });
}

export const milliseconds = (ns: bigint): bigint => ns / 1_000_000n;

/** An object of fields that are JSON already; what is `undefined` is left out. */
export function row(fields: Readonly<Record<string, string | undefined>>): string {
  const parts: string[] = [];
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) parts.push(`"${name}":${value}`);
  }
  return `{${parts.join(',')}}`;
}

export const quote = (text: string): string => JSON.stringify(text);
