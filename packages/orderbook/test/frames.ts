import type { Level } from '../src/index.ts';

/** `'45283.5 0.10000000'` as a level. */
export function level(text: string): Level {
  const [price = '', quantity = ''] = text.split(' ');
  return { price, quantity };
}

interface FrameParts {
  readonly symbol?: string;
  readonly bids?: readonly string[];
  readonly asks?: readonly string[];
  readonly checksum?: number | string;
  readonly timestamp?: string | null;
}

const side = (levels: readonly string[] = []): string =>
  levels
    .map(level)
    .map(({ price, quantity }) => `{"price":${price},"qty":${quantity}}`)
    .join(',');

/** A v2 frame in the layout Kraken prints. */
export function v2(type: 'snapshot' | 'update', parts: FrameParts): string {
  const { symbol = 'BTC/USD', checksum = 0, timestamp = '2026-07-19T17:54:39.753424Z' } = parts;
  const tail = timestamp === null ? '' : `,"timestamp":"${timestamp}"`;
  return (
    `{"channel":"book","type":"${type}","data":[{"symbol":"${symbol}",` +
    `"bids":[${side(parts.bids)}],"asks":[${side(parts.asks)}],"checksum":${checksum}${tail}}]}`
  );
}
