import type { TickerResult } from '@kr/schemas/rest';
import type { Column, CommandResult } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { loadListing } from '../../symbols/listing.ts';

const COLUMNS: readonly Column[] = [
  { key: 'symbol' },
  ...[
    'last',
    'bid',
    'ask',
    'volume_24h',
    'vwap_24h',
    'low_24h',
    'high_24h',
    'open_today',
    'trades_24h',
  ].map((key) => ({ key, align: 'decimal' }) as const),
];

export const readTicker = async (
  session: Session,
  _options: object,
  names: readonly string[],
): Promise<CommandResult> => {
  const client = await session.spot('public');
  const { signal } = session;
  const listing = await loadListing(client, signal);
  const wanted = names.map((name) => listing.pair(name));
  const params =
    wanted.length === 0 ? {} : { pair: wanted.map(({ altname }) => altname).join(',') };
  const bodies: TickerResult = await client.ticker(params, { signal });
  const rows = Object.entries(bodies).map(([id, body]) => ({
    symbol: listing.find(id)?.symbol ?? id,
    last: body.c[0],
    bid: body.b[0],
    ask: body.a[0],
    volume_24h: body.v[1],
    vwap_24h: body.p[1],
    low_24h: body.l[1],
    high_24h: body.h[1],
    open_today: body.o,
    trades_24h: body.t[1],
  }));
  // As they were asked for; all of them by name.
  const order = new Map(wanted.map(({ symbol }, at) => [symbol, at]));
  return {
    columns: COLUMNS,
    rows: rows.toSorted(
      (a, b) =>
        (order.get(a.symbol) ?? 0) - (order.get(b.symbol) ?? 0) || a.symbol.localeCompare(b.symbol),
    ),
  };
};
