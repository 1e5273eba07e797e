/** https://docs.kraken.com/api/docs/websocket-v1/book */
import * as z from 'zod/mini';
import { decimalStringSchema, integerSchema, openEnum, openObject } from '../primitives/index.ts';
import { epochSchema, numberedChannel } from './fields.ts';

/**
 * Price, quantity, time; then `r` when the level came back into the depth. Quantity 0 removes.
 * https://docs.kraken.com/api/docs/websocket-v1/book
 */
export const bookLevelSchema = z.tuple(
  [decimalStringSchema, decimalStringSchema, epochSchema, z.optional(openEnum(['r']))],
  z.unknown(),
);
export type BookLevel = z.output<typeof bookLevelSchema>;

/** https://docs.kraken.com/api/docs/websocket-v1/book */
export const bookSnapshotSchema = openObject({
  as: z.array(bookLevelSchema),
  bs: z.array(bookLevelSchema),
});
export type BookSnapshot = z.output<typeof bookSnapshotSchema>;

/** https://docs.kraken.com/api/docs/websocket-v1/book */
export const bookUpdateSchema = openObject({
  a: z.optional(z.array(bookLevelSchema)),
  b: z.optional(z.array(bookLevelSchema)),
  /** CRC-32 as text, in the last object of the message; snapshots have none. */
  c: z.optional(decimalStringSchema),
});
export type BookUpdate = z.output<typeof bookUpdateSchema>;

const channel = numberedChannel('book');

/**
 * Channel id, levels, channel, pair. When both sides changed, each has an object of its own.
 * https://docs.kraken.com/api/docs/websocket-v1/book
 */
export const bookFrameSchema = z.union([
  z.tuple([integerSchema, bookSnapshotSchema, channel, z.string()]),
  z.tuple([integerSchema, bookUpdateSchema, channel, z.string()]),
  z.tuple([integerSchema, bookUpdateSchema, bookUpdateSchema, channel, z.string()]),
]);
export type BookFrame = z.output<typeof bookFrameSchema>;
