import { pagesOfLedgers } from '@kr/rest';
import type { CommandResult } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { loadListing } from '../../symbols/listing.ts';
import { mostOf, take } from '../../take.ts';
import { isoOfSeconds } from '../../times.ts';
import { type HistoryOptions, rangeOf } from './history-range.ts';

export interface LedgersOptions extends HistoryOptions {
  readonly asset?: string;
  readonly type?: string;
}

/** The account's entries, the newest first; pages are asked for as they are read. */
export const readLedgers = async (
  session: Session,
  options: LedgersOptions,
): Promise<CommandResult> => {
  const client = await session.spot('private');
  const { signal, io } = session;
  const listing = await loadListing(client, signal);
  const { type, asset } = options;
  const params = {
    ...rangeOf(options, io),
    ...(type === undefined ? {} : { type }),
    ...(asset === undefined ? {} : { asset: listing.assetId(asset.toUpperCase()) }),
  };
  const pages = take(pagesOfLedgers(client, params, { signal }), mostOf(options));
  const rows = (async function* () {
    for await (const [id, entry] of pages) {
      yield {
        time: isoOfSeconds(entry.time),
        type: entry.type,
        asset: listing.asset(entry.asset),
        amount: entry.amount,
        fee: entry.fee,
        balance: entry.balance,
        id,
        refid: entry.refid,
      };
    }
  })();
  return {
    columns: [
      { key: 'time' },
      { key: 'type' },
      { key: 'asset' },
      { key: 'amount', align: 'decimal' },
      { key: 'fee', align: 'decimal' },
      { key: 'balance', align: 'decimal' },
      { key: 'id' },
      { key: 'refid' },
    ],
    rows,
    empty: 'no entry',
  };
};
