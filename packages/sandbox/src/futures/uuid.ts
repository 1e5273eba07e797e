import { createHash } from 'node:crypto';
import type { Ids } from '../exchange/index.ts';

/** The same UUID for the same text: of the name-based form (RFC 9562, version 5). */
export function uuidOf(name: string): string {
  const digits = createHash('sha1').update(name).digest('hex');
  const variant = ((Number.parseInt(digits.slice(16, 17), 16) & 3) | 8).toString(16);
  return `${digits.slice(0, 8)}-${digits.slice(8, 12)}-5${digits.slice(13, 16)}-${variant}${digits.slice(17, 20)}-${digits.slice(20, 32)}`;
}

/** Ids of contracts' orders, in the exchange's form. */
export class UuidSource implements Ids {
  readonly #seed: string;
  #count = 0;

  constructor(seed: string) {
    this.#seed = seed;
  }

  next(letter: string): string {
    this.#count += 1;
    return uuidOf(`${this.#seed} ${letter}${this.#count}`);
  }
}

/** What both sides of a trade and everybody else call it. */
export function tradeUid(symbol: string, tradeId: number): string {
  return uuidOf(`trade ${symbol} ${tradeId}`);
}
