import type { CommandResult } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { loadListing } from '../../symbols/listing.ts';

export interface PairsOptions {
  readonly base?: string;
  readonly quote?: string;
}

export const readPairs = async (
  session: Session,
  { base, quote }: PairsOptions,
  names: readonly string[],
): Promise<CommandResult> => {
  const listing = await loadListing(await session.spot('public'), session.signal);
  const listed = names.length === 0 ? listing.pairs : names.map((name) => listing.pair(name));
  const asset = (name: string | undefined): string | undefined =>
    name && listing.asset(name.toUpperCase());
  const rows = listed
    .filter((pair) => base === undefined || pair.base === asset(base))
    .filter((pair) => quote === undefined || pair.quote === asset(quote))
    .map(({ symbol, restId, altname, body }) => ({
      symbol,
      id: restId,
      altname,
      // About an eighth of the rows do not say.
      status: body.status ?? 'online',
      tick_size: body.tick_size,
      lot_decimals: body.lot_decimals,
      order_min: body.ordermin,
      cost_min: body.costmin,
    }))
    .toSorted((a, b) => a.symbol.localeCompare(b.symbol));
  return {
    columns: [
      { key: 'symbol' },
      { key: 'id' },
      { key: 'altname' },
      { key: 'status' },
      { key: 'tick_size', align: 'decimal' },
      { key: 'lot_decimals', align: 'decimal' },
      { key: 'order_min', align: 'decimal' },
      { key: 'cost_min', align: 'decimal' },
    ],
    rows,
  };
};
