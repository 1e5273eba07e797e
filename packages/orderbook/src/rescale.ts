import { crcUpdate } from './crc32.ts';
import type { Ladder } from './ladder.ts';
import { headOf, MAX_DIGITS, MAX_SAFE, tailOf } from './scaled.ts';

/**
 * Fills `copy` from a ladder, with so many more decimals (fewer, if negative) in every price and
 * quantity; false when one would lose a digit or have too many.
 */
export function rescaled(
  ladder: Ladder,
  copy: Ladder,
  morePrice: number,
  moreQuantity: number,
): boolean {
  copy.unknownRemovals = ladder.unknownRemovals;
  for (let at = ladder.low; at < ladder.high; at++) {
    const price = moveDecimals(BigInt(ladder.priceAt(at)), morePrice);
    const quantity = moveDecimals(BigInt(ladder.quantityAt(at)), moreQuantity);
    if (price === undefined || quantity === undefined) return false;
    const digits = `${price}${quantity}`;
    const key = ladder.keys[at]! < 0 ? -price : price;
    const crc = crcUpdate(0, digits);
    const head = headOf(key);
    if (copy.wide || Math.abs(head) > MAX_SAFE || quantity > MAX_SAFE) {
      copy.setWide(head, tailOf(key), headOf(quantity), tailOf(quantity), crc, digits.length);
    } else {
      copy.set(head, headOf(quantity), crc, digits.length);
    }
  }
  return true;
}

function moveDecimals(value: bigint, more: number): bigint | undefined {
  const factor = 10n ** BigInt(Math.abs(more));
  if (more < 0) return value % factor === 0n ? value / factor : undefined;
  const moved = value * factor;
  return moved.toString().length > MAX_DIGITS ? undefined : moved;
}
