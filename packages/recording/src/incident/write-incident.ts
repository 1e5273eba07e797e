import { explainChecksum, formatChecksumReport } from '@kr/orderbook';
import { type Frame, formatTimestamp } from '@kr/schemas/shared';
import { writeFileAtomic } from '../export/atomic-file.ts';
import { withoutSecrets } from '../format/redact.ts';
import { createSegmentHeader } from '../format/segment-header.ts';
import { type ReadFramesOptions, readFrames } from '../read/read-frames.ts';
import type { ShelfBook } from '../verify/book-shelf.ts';
import { utf8 } from '../wire/bytes.ts';
import type { BookKey } from '../wire/frame-kind.ts';
import { BookFollower } from './book-follower.ts';
import { encodeSegment } from './encode-segment.ts';
import { formatSnapshot } from './format-snapshot.ts';
import type { Incident } from './incident.ts';

export interface IncidentOptions extends ReadFramesOptions {
  /** Of this symbol; default: the first mismatch of all. */
  readonly symbol?: string | undefined;
  /** So many frames of the connection before it, where there are; default 500. */
  readonly frames?: number | undefined;
  /** Kept in the file; members named like a secret are left out. */
  readonly settings?: unknown;
}

/** Where a mismatch is: the frame by its number within its connection. */
interface Found {
  readonly key: BookKey;
  readonly connectionId: number;
  readonly index: number;
}

type Snapshot = ReturnType<ShelfBook['toSnapshot']>;

/**
 * Finds the first checksum of a recording that does not match, and writes everything that is needed to look
 * into it into one file: a segment of its own that `replay`, `verify` and `readFrames` open, whose header
 * holds both books. Reads the recording twice. `undefined`, and no file, when every checksum matches.
 *
 * @throws RecordingError as reading does; the signal's reason.
 */
export async function writeIncident(
  recording: string,
  file: string,
  options: IncidentOptions = {},
): Promise<Incident | undefined> {
  const reading = { onDamage: () => undefined, ...options };
  const found = await findMismatch(recording, reading);
  if (found === undefined) return undefined;
  const { key, connectionId, index } = found;
  const follower = new BookFollower();
  const from = index - (options.frames ?? 500);
  const frames: Frame[] = [];
  let start: Snapshot | undefined;
  let at = -1;
  for await (const frame of readFrames(recording, reading)) {
    if (frame.connectionId !== connectionId) continue;
    at += 1;
    if (at === from) start = standing(follower.book(connectionId, key));
    if (at >= from) frames.push(frame);
    const before = at === index ? follower.book(connectionId, key)?.toSnapshot() : undefined;
    follower.apply(frame);
    const book = follower.book(connectionId, key);
    if (before === undefined || book === undefined) continue;
    const incident = describe(frame, key, book, before, start !== undefined, options.settings);
    const first = start === undefined ? [] : [rebuilt(frames[0] ?? frame, key, start)];
    await writeFileAtomic(file, encode(incident, key, [...first, ...frames]));
    return incident;
  }
  return undefined;
}

async function findMismatch(
  recording: string,
  options: IncidentOptions & ReadFramesOptions,
): Promise<Found | undefined> {
  const follower = new BookFollower();
  const counts = new Map<number, number>();
  for await (const frame of readFrames(recording, options)) {
    const { connectionId } = frame;
    const index = counts.get(connectionId) ?? 0;
    counts.set(connectionId, index + 1);
    const applied = follower.apply(frame);
    if (applied?.outcome !== 'mismatch') continue;
    const { key } = applied;
    if ((options.symbol ?? key.symbol) === key.symbol) return { key, connectionId, index };
  }
  return undefined;
}

function standing(book: ShelfBook | undefined): Snapshot | undefined {
  return book === undefined || book.awaitingSnapshot ? undefined : book.toSnapshot();
}

function describe(
  frame: Frame,
  key: BookKey,
  book: ShelfBook,
  before: Snapshot,
  startsFromRebuiltBook: boolean,
  settings: unknown,
): Incident {
  return {
    symbol: key.symbol,
    channel: key.channel,
    depth: book.depth,
    expected: book.expectedChecksum ?? 0,
    computed: book.checksum(),
    receivedAt: formatTimestamp(frame.receivedAt.wallNs),
    connectionId: frame.connectionId,
    sequence: frame.sequence,
    before,
    after: book.toSnapshot(),
    explanation: formatChecksumReport(explainChecksum(book)),
    startsFromRebuiltBook,
    ...(settings === undefined ? {} : { settings: withoutSecrets(settings) }),
  };
}

/** A frame that was not received, in front of the first that was. */
function rebuilt(first: Frame, { channel, symbol }: BookKey, snapshot: Snapshot): Frame {
  const bytes = utf8(formatSnapshot(channel, symbol, snapshot));
  return { ...first, sequence: first.sequence - 1, bytes };
}

function encode(incident: Incident, key: BookKey, frames: readonly Frame[]): Uint8Array {
  const subscription = { channel: key.channel, symbol: key.symbol, depth: incident.depth };
  const header = createSegmentHeader(
    { source: 'incident', url: '', subscriptions: [subscription] },
    {
      recordingId: `incident-${incident.symbol}-${incident.receivedAt}`,
      segment: 1,
      createdAt: incident.receivedAt,
      lastConnectionId: incident.connectionId,
    },
  );
  return encodeSegment({ ...header, incident }, frames);
}
