/** One fill of an account on margin, in whole numbers: positive lots were bought, negative ones sold. */
export interface NaiveFill {
  readonly lots: number;
  readonly price: number;
}

/**
 * What fills on margin come to, told one lot at a time: a lot of the other direction closes the oldest
 * that is open, and what is between their prices is gained. Slow on purpose.
 */
export function naiveMargin(fills: readonly NaiveFill[]): {
  readonly open: readonly { readonly direction: 1 | -1; readonly price: number }[];
  readonly gained: number;
} {
  const open: { direction: 1 | -1; price: number }[] = [];
  let gained = 0;
  for (const { lots, price } of fills) {
    const direction = lots > 0 ? 1 : -1;
    for (let lot = 0; lot < Math.abs(lots); lot += 1) {
      const oldest = open[0];
      if (oldest === undefined || oldest.direction === direction) open.push({ direction, price });
      else {
        open.shift();
        gained += (price - oldest.price) * oldest.direction;
      }
    }
  }
  return { open, gained };
}
