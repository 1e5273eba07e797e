import { pagesOfTrades, type SpotClient } from '@kr/rest';
import type { TradesRow } from '@kr/schemas/rest';
import { CliError } from '../../errors.ts';
import type { CommandResult, Row } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { loadListing } from '../../symbols/listing.ts';
import { isoOfSeconds, type Moment } from '../../times.ts';
import { rowsOfPair } from './rows-of-pair.ts';

export interface TradesOptions {
  readonly since?: Moment;
  readonly count?: number;
  readonly all?: boolean;
}

const SIDES: Readonly<Record<string, string>> = { b: 'buy', s: 'sell' };
const TYPES: Readonly<Record<string, string>> = { m: 'market', l: 'limit' };

const rowOf = ([price, quantity, time, side, type, misc, id]: TradesRow): Row => ({
  time: isoOfSeconds(time),
  // Of the taker.
  side: SIDES[side] ?? side,
  price,
  quantity,
  type: TYPES[type] ?? type,
  trade_id: id,
  ...(misc === '' ? {} : { misc }),
});

/** Public trades, oldest first. */
export const readTrades = async (
  session: Session,
  options: TradesOptions,
  name: string,
): Promise<CommandResult> => {
  const { since, count, all } = options;
  if (all === true && since === undefined) {
    throw new CliError('validation', '--all of all time takes days.', {
      hint: 'Say from when on: --since 1d.',
    });
  }
  const client = await session.spot('public');
  const { signal, io } = session;
  const { altname } = (await loadListing(client, signal)).pair(name);
  const nowMs = Number(io.clock.wallNs() / 1_000_000n);
  const params = {
    pair: altname,
    ...(count === undefined ? {} : { count }),
    // Nanoseconds; a bare second count would be one, too, and is what people misread.
    ...(since === undefined ? {} : { since: `${BigInt(Math.floor(since(nowMs))) * 1_000_000n}` }),
  };
  return {
    columns: [
      { key: 'time' },
      { key: 'side' },
      { key: 'price', align: 'decimal' },
      { key: 'quantity', align: 'decimal' },
      { key: 'type' },
      { key: 'trade_id' },
    ],
    rows: all === true ? allPages(client, params, signal) : await onePage(client, params, signal),
  };
};

type Params = Parameters<typeof pagesOfTrades>[1];

const onePage = async (client: SpotClient, params: Params, signal: AbortSignal) =>
  rowsOfPair(await client.trades(params, { signal })).map(rowOf);

async function* allPages(client: SpotClient, params: Params, signal: AbortSignal) {
  for await (const [, row] of pagesOfTrades(client, params, { signal })) yield rowOf(row);
}
