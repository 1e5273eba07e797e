import type { Frame } from '@kr/schemas/shared';
import type { Damage } from '../format/damage.ts';
import { ConnectionMarks } from '../wire/connection-marks.ts';
import { exchangeTimeNs } from '../wire/exchange-time.ts';
import { locate } from './locate.ts';
import { createNdjsonSplitter, notNdjson } from './ndjson-reader.ts';
import { readThrough } from './read-file.ts';
import { type ReadOptions, readJournal } from './read-journal.ts';
import { throwDamage } from './throw-damage.ts';

export interface ReadFramesOptions extends ReadOptions {
  /** Is told of damage, and reading goes on. Without it the first damage that cost a frame throws. */
  readonly onDamage?: ((damage: Damage) => void) | undefined;
}

/**
 * The frames of a journal (its directory, or one segment) or of an NDJSON file, in order, in constant
 * memory. NDJSON lines are raw v2 objects, raw v1 arrays or `{"recv_ts_ns":…,"payload":"…"}`.
 *
 * NDJSON does not say everything that a frame needs. A raw line's `receivedAt` is the latest time that
 * the exchange had written into the messages up to it (0 before the first); a new connection begins
 * where a status message carries another connection id.
 *
 * @throws RecordingError `NOT_FOUND`, `READ_FAILED`, `NOT_A_RECORDING`, `FOREIGN_FILE`, or `DAMAGED` where
 *   no `onDamage` was given; the signal's reason when it is aborted.
 */
export async function* readFrames(
  path: string,
  options: ReadFramesOptions = {},
): AsyncGenerator<Frame, void, void> {
  options.signal?.throwIfAborted();
  const onDamage = options.onDamage ?? throwDamage;
  const located = await locate(path);
  if (located.kind === 'ndjson') {
    yield* readNdjson(path, located.name, onDamage, options);
    return;
  }
  for await (const entry of readJournal(path, options)) {
    if (entry.type === 'frame') yield entry.frame;
    else if (entry.type === 'damage') onDamage(entry.damage);
  }
}

async function* readNdjson(
  path: string,
  file: string,
  onDamage: (damage: Damage) => void,
  options: ReadOptions,
): AsyncGenerator<Frame, void, void> {
  const connections = new ConnectionMarks();
  let waiting: (Frame | Damage)[] = [];
  let latestNs = 0n;
  let frames = 0;
  const splitter = createNdjsonSplitter(file, {
    onMessage: (message, wallNs) => {
      const ns = wallNs ?? exchangeTimeNs(message) ?? latestNs;
      // What is stamped by the recorder is kept as it is; the exchange's times never take it back.
      if (wallNs !== undefined || ns > latestNs) latestNs = ns;
      const receivedAt = { wallNs: latestNs, monotonicNs: latestNs };
      waiting.push({ receivedAt, ...connections.next(message), bytes: message.slice() });
    },
    onDamage: (damage) => waiting.push(damage),
  });
  const take = (): (Frame | Damage)[] => {
    const items = waiting;
    waiting = [];
    return items;
  };
  for await (const items of readThrough(path, splitter, take, options)) {
    for (const item of items) {
      if ('kind' in item) {
        onDamage(item);
      } else {
        frames += 1;
        yield item;
      }
    }
  }
  if (frames === 0) throw notNdjson(path);
}
