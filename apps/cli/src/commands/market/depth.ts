import type { CommandResult } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { loadListing } from '../../symbols/listing.ts';
import { isoOfSeconds } from '../../times.ts';

type WireLevel = readonly [price: string, quantity: string, seconds: number, ...unknown[]];

const levelOf = ([price, quantity, seconds]: WireLevel) => ({
  price,
  quantity,
  time: isoOfSeconds(seconds),
});

/** A book as REST has it: at one moment, and without a checksum. */
export const readDepth = async (
  session: Session,
  { count }: { readonly count: number },
  name: string,
): Promise<CommandResult> => {
  const client = await session.spot('public');
  const { signal } = session;
  const { altname, symbol } = (await loadListing(client, signal)).pair(name);
  const answer = await client.depth({ pair: altname, count }, { signal });
  const [book = { bids: [], asks: [] }] = Object.values(answer);
  const bids = book.bids.map(levelOf);
  const asks = book.asks.map(levelOf);
  return {
    columns: [
      { key: 'side' },
      { key: 'price', align: 'decimal' },
      { key: 'quantity', align: 'decimal' },
      { key: 'time' },
    ],
    rows: [
      ...asks.toReversed().map((level) => ({ side: 'ask', ...level })),
      ...bids.map((level) => ({ side: 'bid', ...level })),
    ],
    document: { symbol, bids, asks },
  };
};
