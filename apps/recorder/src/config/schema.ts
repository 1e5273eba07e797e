import * as z from 'zod';
import { PROTOCOL_NAMES, PROTOCOLS, type ProtocolName } from '../feeds/protocols.ts';

const oneOrMany = <T extends z.ZodType>(item: T) =>
  z
    .union([item, z.array(item).min(1)])
    .transform((value): z.output<T>[] => (Array.isArray(value) ? value : [value]) as z.output<T>[]);

const pick = <const T extends readonly number[]>(values: T, what: string) =>
  z.literal(values, { error: `give a ${what} of ${values.join(', ')}` });

const text = z.string().min(1, 'give a text that is not empty');
const list = z.array(text).min(1, 'name at least one');

/** What every feed of market data may have: the symbols that it alone is for. */
const market = { symbols: z.optional(list) };

/** https://docs.kraken.com/api/docs/websocket-v2/book, and …/level3, …/ohlc, …/ticker */
const feed = z.discriminatedUnion(
  'channel',
  [
    z.strictObject({
      channel: z.literal('book'),
      depth: oneOrMany(pick([10, 25, 100, 500, 1000], 'depth')).default([10]),
      ...market,
    }),
    z.strictObject({
      channel: z.literal('level3'),
      depth: oneOrMany(pick([10, 100, 1000], 'depth')).default([10]),
      ...market,
    }),
    z.strictObject({
      channel: z.literal('ohlc'),
      interval: oneOrMany(
        pick([1, 5, 15, 30, 60, 240, 1440, 10_080, 21_600], 'number of minutes'),
      ).default([1]),
      ...market,
    }),
    z.strictObject({
      channel: z.literal('ticker'),
      event_trigger: z.optional(
        z.enum(['trades', 'bbo'], {
          error: 'give "trades" or "bbo" (each change of the best prices)',
        }),
      ),
      ...market,
    }),
    z.strictObject({ channel: z.literal('trade'), ...market }),
    /** Of `spot-v1` alone. */
    z.strictObject({ channel: z.literal('spread'), ...market }),
    /** Of `futures-v1` alone. */
    z.strictObject({ channel: z.literal('ticker_lite'), ...market }),
    z.strictObject({ channel: z.literal('instrument') }),
    z.strictObject({ channel: z.literal('executions') }),
    z.strictObject({ channel: z.literal('balances') }),
    /** Of `unified` alone. */
    z.strictObject({ channel: z.literal('positions') }),
    z.strictObject({ channel: z.literal('margin') }),
    z.strictObject({ channel: z.literal('ledgers') }),
    /** Of `futures-v1` alone. */
    z.strictObject({ channel: z.literal('fills') }),
    z.strictObject({ channel: z.literal('open_orders') }),
    z.strictObject({ channel: z.literal('open_positions') }),
    z.strictObject({ channel: z.literal('account_log') }),
  ],
  {
    error:
      'give a channel: book, level3, ohlc, ticker, trade, instrument, executions or balances; of spot-v1 spread; of futures-v1 ticker_lite, fills, open_orders, open_positions or account_log; of unified positions, margin or ledgers (status comes with every connection)',
  },
);

const whole = (least: number, most: number) =>
  z
    .int({ error: `give a whole number from ${least} to ${most}` })
    .min(least)
    .max(most);
const above0 = z.number({ error: 'give a number above 0' }).positive('give a number above 0');
const socketUrl = z.url({ protocol: /^wss?$/, error: 'give an address that begins with wss://' });

/** The whole of a recorder's settings, from a file, from flags, or from both. */
export const configSchema = z.strictObject({
  /** The recording's directory. */
  out: text,
  source: z.enum(['live', 'sandbox'], { error: 'give "live" or "sandbox"' }).default('live'),
  /** Which of Kraken's sockets: a recording is of one. */
  protocol: z
    .enum(PROTOCOL_NAMES, { error: `give one of ${PROTOCOL_NAMES.join(', ')}` })
    .default('spot-v2'),
  /** One address for all; without it, Kraken's hosts. */
  url: z.optional(socketUrl),
  /** Scheme and host of REST; without it Kraken's, or that of a sandbox's `url`. */
  rest: z.optional(
    z.url({ protocol: /^https?$/, error: 'give an address that begins with https://' }),
  ),
  /** Connections for the same subscriptions: with 2, the loss of either leaves no gap. */
  redundancy: pick([1, 2], 'number').default(1),
  journal: z
    .strictObject({
      fsync_ms: above0.default(100),
      segment_mb: above0.default(64),
      segment_minutes: above0.default(60),
    })
    .prefault({}),
  symbols: z
    .strictObject({
      /** Names and patterns. */
      list: z.optional(list),
      /** A symbol or a pattern a line. */
      file: z.optional(text),
      csv: z.optional(z.strictObject({ file: text, column: text })),
      /** So many of the largest by what they traded in 24 hours, in USD. */
      top: z.optional(whole(1, 5000)),
      exclude: z.optional(list),
      /** Reads the files again when they change. */
      watch: z.boolean().default(true),
      /** Asks again for patterns and the top ones. */
      every_minutes: z.optional(above0),
    })
    .prefault({}),
  feeds: z
    .array(feed)
    .min(1, 'name at least one feed')
    // A file or flags without any have those of the protocol: see readConfig.
    .default([]),
  account: z
    .strictObject({
      /** The key on line 1, the secret on line 2. Without it, the environment's. */
      key_file: z.optional(text),
    })
    .prefault({}),
  /** Rewrites L2_live_orderbooks.json in the recording: every book as it stands. */
  live_books: z.optional(z.strictObject({ every_ms: above0.default(1000) })),
  http: z.optional(z.strictObject({ port: whole(0, 65_535) })),
  log: z
    .strictObject({
      level: z
        .enum(['debug', 'info', 'warn', 'error'], { error: 'give debug, info, warn or error' })
        .default('info'),
    })
    .prefault({}),
  retention: z.optional(
    z
      .strictObject({
        keep_gb: z.optional(above0),
        keep_days: z.optional(above0),
        every_minutes: above0.default(60),
      })
      .refine(({ keep_gb, keep_days }) => keep_gb !== undefined || keep_days !== undefined, {
        error: 'say what stays: keep_gb, keep_days, or both',
      }),
  ),
});

export type Config = z.output<typeof configSchema>;
export type FeedConfig = Config['feeds'][number];

/** What is recorded of a protocol when nobody names a feed, as settings would say it. */
export const defaultFeeds = (protocol: unknown): { channel: string }[] => {
  const known = PROTOCOLS[protocol as ProtocolName] as (typeof PROTOCOLS)[ProtocolName] | undefined;
  return (known ?? PROTOCOLS['spot-v2']).defaults.map((channel) => ({ channel }));
};
