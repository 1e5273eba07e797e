import { readFrames } from '@kr/recording';
import type { Frame } from '@kr/schemas/shared';
import { SandboxError } from '../errors.ts';
import { BOOK_DEPTHS } from '../protocol/subscription.ts';
import {
  type CaptureFrame,
  parseBytes,
  readCommonFrame,
  readParsedFrame,
} from './capture-frame.ts';

/** What a capture holds, read once when the sandbox opens. */
export interface CaptureIndex {
  /** Data frames of v2. */
  readonly frames: number;
  readonly symbols: ReadonlySet<string>;
  /** The one depth at which each symbol's book was captured. */
  readonly depths: ReadonlyMap<string, number>;
}

/**
 * The v2 data frames of a capture (NDJSON, a recording or one segment of it), in its order.
 * `onOther` is told of every other message. Rejects with `CAPTURE_UNREADABLE`.
 */
export async function* readCapture(
  path: string,
  onOther?: (message: unknown) => void,
): AsyncGenerator<CaptureFrame> {
  const frames = readFrames(path);
  try {
    for (;;) {
      const next = await readNext(frames, path);
      if (next === undefined) return;
      const common = readCommonFrame(next);
      if (common !== undefined) {
        yield common;
        continue;
      }
      const message = parseBytes(next.bytes);
      const frame = readParsedFrame(message, next);
      if (frame === undefined) onOther?.(message);
      else yield frame;
    }
  } finally {
    await frames.return();
  }
}

/** The next frame; `undefined` at the end. What cannot be read is told in the sandbox's own error. */
async function readNext(
  frames: AsyncGenerator<Frame, void, void>,
  path: string,
): Promise<Frame | undefined> {
  try {
    const { done, value } = await frames.next();
    return done === true ? undefined : value;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `cannot replay ${reason.includes(path) ? 'the capture' : path}: ${reason}`;
    throw new SandboxError('CAPTURE_UNREADABLE', message, { path }, { cause: error });
  }
}

/** Reads a capture through: its symbols, and the depths of its books from acknowledgements or else from snapshots. */
export async function indexCapture(path: string): Promise<CaptureIndex> {
  const symbols = new Set<string>();
  const acknowledged = new Map<string, number>();
  const seen = new Map<string, number>();
  let frames = 0;
  const noteAck = (message: unknown): void => {
    const result = (message as { result?: Record<string, unknown> } | null)?.result;
    const { channel, symbol, depth } = result ?? {};
    if (channel !== 'book' || typeof symbol !== 'string' || typeof depth !== 'number') return;
    const before = acknowledged.get(symbol);
    if (before !== undefined && before !== depth) {
      throw new SandboxError(
        'CAPTURE_UNREADABLE',
        `${path} holds the book of ${symbol} at depths ${before} and ${depth}, and frames do not say which is whose: capture one of them`,
        { path, symbol },
      );
    }
    acknowledged.set(symbol, depth);
  };
  for await (const frame of readCapture(path, noteAck)) {
    frames += 1;
    for (const symbol of frame.symbols) {
      symbols.add(symbol);
      if (frame.channel === 'book' && frame.type === 'snapshot' && !acknowledged.has(symbol)) {
        seen.set(symbol, Math.max(seen.get(symbol) ?? 0, snapshotDepth(frame)));
      }
    }
  }
  if (frames === 0) {
    throw new SandboxError(
      'CAPTURE_EMPTY',
      `${path} holds no v2 data frame: give an NDJSON capture or a recording of the spot v2 feed`,
      { path },
    );
  }
  return { frames, symbols, depths: new Map([...seen, ...acknowledged]) };
}

/** The smallest depth that could have given a snapshot. */
function snapshotDepth(frame: CaptureFrame): number {
  const { data } = parseBytes(frame.bytes) as {
    data: readonly { bids?: readonly unknown[]; asks?: readonly unknown[] }[];
  };
  const levels = Math.max(data[0]?.bids?.length ?? 0, data[0]?.asks?.length ?? 0);
  return BOOK_DEPTHS.find((depth) => depth >= levels) ?? levels;
}
