import { crcUpdate } from './crc32.ts';
import { digitsAt, invalidLevel, type Lexeme, parseLexeme } from './lexeme.ts';
import type { Level, OrderEvent } from './types.ts';

export type Entry = Level | OrderEvent;

/** A precision that nothing told yet. */
export const UNKNOWN = -1;

/** An entry with its numbers as printed. */
interface Printed {
  readonly entry: Entry;
  readonly price: Lexeme;
  readonly quantity: Lexeme;
}

/** An entry with its numbers at a book's precision, and their digits' CRC and length (crc32.ts). */
export interface Digits {
  readonly entry: Entry;
  readonly price: bigint;
  readonly quantity: bigint;
  readonly crc: number;
  readonly length: number;
}

const ABSENT: Lexeme = { digits: '', decimals: 0 };

/** Throws INVALID_LEVEL. */
export function printed(entry: Entry): Printed {
  // A deletion's numbers say nothing that the id does not.
  if ('event' in entry && entry.event === 'delete') {
    return { entry, price: ABSENT, quantity: ABSENT };
  }
  const price = parseLexeme(entry.price);
  if (price.digits === '') throw invalidLevel(entry.price, 'is no price: it is zero');
  return { entry, price, quantity: parseLexeme(entry.quantity) };
}

/**
 * The most decimals that any number but zero shows, else UNKNOWN. (A removal's `0` says nothing of
 * how quantities are printed.)
 */
export function mostDecimals(
  sides: readonly (readonly Printed[])[],
  field: 'price' | 'quantity',
): number {
  return sides.flat().reduce((most, { [field]: { digits, decimals } }) => {
    return digits === '' ? most : Math.max(most, decimals, 0);
  }, UNKNOWN);
}

/** Throws INVALID_LEVEL where a number does not fit the precision. */
export function digitsOf(
  sides: readonly (readonly Printed[])[],
  pricePrecision: number,
  quantityPrecision: number,
): Digits[][] {
  return sides.map((entries) =>
    entries.map(({ entry, price, quantity }) => {
      const priceDigits = digitsAt(price, pricePrecision);
      const quantityDigits = digitsAt(quantity, quantityPrecision);
      const digits = priceDigits + quantityDigits;
      return {
        entry,
        price: BigInt(priceDigits),
        quantity: BigInt(quantityDigits),
        crc: crcUpdate(0, digits),
        length: digits.length,
      };
    }),
  );
}
