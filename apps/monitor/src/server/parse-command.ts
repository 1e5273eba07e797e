import * as z from 'zod/mini';
import { CANDLE_INTERVALS, type Command, MAX_WATCHED } from '../protocol/commands.ts';

const symbol = z.string().check(z.minLength(1), z.maxLength(64));
const count = z.int().check(z.gte(0));

const commandSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('watch'),
    symbols: z.array(symbol).check(z.maxLength(MAX_WATCHED)),
  }),
  z.strictObject({ kind: z.literal('candles'), symbol, interval: z.literal(CANDLE_INTERVALS) }),
  z.strictObject({ kind: z.literal('ack'), batch: count }),
  z.strictObject({ kind: z.literal('ping'), id: count }),
]);

/** `undefined`: what a page of ours never sends. */
export const parseCommand = (text: string): Command | undefined => {
  try {
    const result = commandSchema.safeParse(JSON.parse(text));
    return result.success ? result.data : undefined;
  } catch {
    return undefined;
  }
};
