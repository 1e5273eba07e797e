import type { Session } from '../session.ts';
import { loadListing, loadListingWithAssets } from './listing.ts';

/**
 * What somebody typed as a protocol calls it: v2's symbols, v1's, or assets.
 *
 * @throws CliError naming what may have been meant
 */
export const resolveSymbols = async (
  session: Session,
  names: readonly string[],
  as: 'v1' | 'v2' | 'asset',
): Promise<readonly string[]> => {
  if (names.length === 0) return [];
  const client = await session.spot('public');
  if (as === 'asset') {
    const listing = await loadListingWithAssets(client, session.signal);
    return names.map((name) => listing.asset(name.toUpperCase()));
  }
  const listing = await loadListing(client, session.signal);
  const symbols = names.map((name) => {
    const { symbol, v1Symbol } = listing.pair(name);
    return as === 'v1' ? v1Symbol : symbol;
  });
  return [...new Set(symbols)];
};
