import { subtractDecimals } from '@kr/orderbook/decimal';
import type { CommandResult } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { loadListing } from '../../symbols/listing.ts';
import { isoOfSeconds } from '../../times.ts';
import { rowsOfPair } from './rows-of-pair.ts';

export const readSpread = async (
  session: Session,
  _options: object,
  name: string,
): Promise<CommandResult> => {
  const client = await session.spot('public');
  const { signal } = session;
  const { altname } = (await loadListing(client, signal)).pair(name);
  const answer = await client.spread({ pair: altname }, { signal });
  const rows = rowsOfPair(answer).map(([time, bid, ask]) => ({
    time: isoOfSeconds(time),
    bid,
    ask,
    spread: subtractDecimals(ask, bid),
  }));
  return {
    columns: [
      { key: 'time' },
      { key: 'bid', align: 'decimal' },
      { key: 'ask', align: 'decimal' },
      { key: 'spread', align: 'decimal' },
    ],
    rows,
  };
};
