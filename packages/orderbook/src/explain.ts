import { crc32 } from './crc32.ts';
import type { BookSide, Level } from './types.ts';

/** What `explainChecksum` needs of a book: `L2Book` and `L3Book` have it. */
export interface ChecksumSource {
  readonly symbol: string | undefined;
  readonly expectedChecksum: number | undefined;
  /** Everything the checksum covers, best first: levels, or the orders of ten levels. */
  checksumLevels(side: BookSide): readonly Level[];
}

/** One level's, or one order's, part of the checksum's text. */
export interface ChecksumPart {
  readonly side: BookSide;
  /** Place in the text, 0 is the best. */
  readonly rank: number;
  readonly price: string;
  readonly quantity: string;
  /** Price and quantity without their points and leading zeros, as they enter the text. */
  readonly digits: string;
}

export interface ChecksumReport {
  readonly symbol: string | undefined;
  /** What the last frame said; undefined when it carried none. */
  readonly expected: number | undefined;
  /** Of `text`. */
  readonly computed: number;
  readonly matched: boolean;
  /** What the checksum is the CRC-32 of: asks, best first, then bids. */
  readonly text: string;
  readonly parts: readonly ChecksumPart[];
}

const SIDES: readonly BookSide[] = ['asks', 'bids'];

/** Takes a checksum apart, level by level, to be laid beside another client's after a mismatch. */
export function explainChecksum(book: ChecksumSource): ChecksumReport {
  const parts = SIDES.flatMap((side) =>
    book.checksumLevels(side).map(({ price, quantity }, rank): ChecksumPart => {
      return { side, rank, price, quantity, digits: digitsOf(price) + digitsOf(quantity) };
    }),
  );
  const text = parts.map(({ digits }) => digits).join('');
  const computed = crc32(text);
  const expected = book.expectedChecksum;
  return { symbol: book.symbol, expected, computed, matched: computed === expected, text, parts };
}

/** The report as lines for a log. */
export function formatChecksumReport(report: ChecksumReport): string {
  const { symbol = 'book', expected, computed, matched, parts } = report;
  const verdict = matched ? 'matches' : 'does not match';
  const head = `${symbol}: computed ${computed} ${verdict} expected ${String(expected ?? 'none')}`;
  const lines = parts.map(({ side, rank, price, quantity, digits }) => {
    return `${side === 'asks' ? 'ask' : 'bid'} ${rank}  ${price} x ${quantity}  ${digits}`;
  });
  return [head, ...lines].join('\n');
}

function digitsOf(text: string): string {
  return text.replace('.', '').replace(/^0+/, '');
}
