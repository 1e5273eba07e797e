import { L2Book, type Level } from '@kr/orderbook';
import { formatTimestamp } from '@kr/schemas/shared';
import type { SpotV1Client, SpotV1Message } from '@kr/ws/spot-v1';
import { topRow } from './top-row.ts';
import { pairOf, rowsOfV1Channel } from './v1-market.ts';
import { decimals, type Watched, type Watching } from './watched.ts';

type Depth = 10 | 25 | 100 | 500 | 1000;
type WireLevels = readonly (readonly [price: string, quantity: string, ...unknown[]])[];

const levelsOf = (levels: WireLevels = []): Level[] =>
  levels.map(([price, quantity]) => ({ price, quantity }));

/** Both sides of a message: of an update each may have an object of its own. */
const changeOf = (frame: SpotV1Message<'book'>['frame']) => {
  const parts = frame.slice(1, -2) as readonly {
    readonly as?: WireLevels;
    readonly bs?: WireLevels;
    readonly a?: WireLevels;
    readonly b?: WireLevels;
    readonly c?: string;
  }[];
  const [first] = parts;
  const type = first?.as === undefined ? 'update' : 'snapshot';
  const checksum = parts.at(-1)?.c;
  return {
    type,
    bids: parts.flatMap(({ bs, b }) => levelsOf(bs ?? b)),
    asks: parts.flatMap(({ as, a }) => levelsOf(as ?? a)),
    checksum: checksum === undefined ? undefined : Number(checksum),
  };
};

/** A pair whose checksum fails begins anew; these books see each frame as soon as it came. */
const keepWhole = (
  client: SpotV1Client,
  params: { readonly channel: 'book'; readonly symbol: readonly string[]; readonly depth: Depth },
  { note }: Watching,
): void => {
  const { depth } = params;
  const known = new Map(
    params.symbol.map((symbol) => [symbol, new L2Book({ symbol, depth })] as const),
  );
  const engine = client.listen(params, {
    onFrame: ({ symbol = '', frame }) => {
      if (known.get(symbol)?.apply(frame.bytes) !== 'mismatch') return;
      note(`${symbol} resyncing: its checksum failed`);
      engine.renew(symbol, { reason: 'resync', detail: 'its checksum failed' });
    },
  });
};

/** As of v2; a snapshot of v1 has no checksum, so nothing is verified before the first update. */
export const v1Book: Watched = {
  keys: ['symbol'],
  columns: [
    { key: 'symbol' },
    ...decimals('bid_quantity', 'bid', 'ask', 'ask_quantity', 'spread'),
    { key: 'verified' },
    { key: 'checksum' },
    { key: 'type' },
    { key: 'received_at' },
  ],
  open: async (watching) => {
    const depth = (watching.options.depth ?? 10) as Depth;
    const client = await watching.session.socketsV1();
    const params = { channel: 'book', symbol: watching.symbols, depth } as const;
    keepWhole(client, params, watching);
    const known = new Map(
      watching.symbols.map((symbol) => [symbol, new L2Book({ symbol, depth })] as const),
    );
    return rowsOfV1Channel(
      client,
      params,
      ({ frame, receivedAt }) => {
        const symbol = pairOf(frame);
        const book = known.get(symbol);
        if (book === undefined) return [];
        const { type, bids, asks, checksum } = changeOf(frame);
        if (type === 'snapshot') book.applySnapshot({ bids, asks, checksum });
        else book.applyUpdate({ bids, asks, checksum });
        const received_at = formatTimestamp(receivedAt.wallNs);
        return [{ symbol, type, ...topRow(book), checksum, bids, asks, received_at }];
      },
      watching,
    );
  },
};
