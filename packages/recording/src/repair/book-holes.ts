import { type GapEvent, parseTimestamp } from '@kr/schemas/shared';
import { type DeriveReading, deriveSegments, openSource } from '../derive/derive-segments.ts';
import { Deriver } from '../derive/deriver.ts';
import type { JournalSink } from '../read/journal-assembler.ts';

/** A stretch of time in which a book is not proved: no download brings it back. */
export interface BookHole {
  readonly symbol: string;
  readonly channel: 'book' | 'level3';
  /** The last moment at which it was proved. */
  readonly fromNs: bigint;
  /** When it was proved again; absent: not in this recording. */
  readonly toNs: bigint | undefined;
  /** A gap's reason, or `checksum` for a mismatch. */
  readonly reason: string;
}

interface Followed {
  readonly symbol: string;
  readonly channel: 'book' | 'level3';
  readonly connectionId: number;
  lastNs: bigint;
  hole: { fromNs: bigint; reason: string } | undefined;
}

/** Marks the holes of every book: from a gap or a mismatch to the next message that proves the book again. */
export async function findBookHoles(
  path: string,
  options: DeriveReading = {},
): Promise<BookHole[]> {
  const source = await openSource(path, options.processes);
  const books = new Map<string, Followed>();
  const holes: BookHole[] = [];
  const deriver = new Deriver(
    { tables: ['gaps'] },
    {
      onRow: () => undefined,
      onBook: ({ key: { symbol, channel }, book, times }) => {
        const name = `${channel} ${symbol}`;
        const { receivedNs, connectionId } = times;
        const known = books.get(name);
        const lastNs = known?.lastNs ?? receivedNs;
        const hole = known?.hole;
        if (book.verified) {
          if (hole !== undefined) holes.push({ symbol, channel, toNs: receivedNs, ...hole });
          books.set(name, { symbol, channel, connectionId, lastNs: receivedNs, hole: undefined });
        } else {
          const begun = hole ?? { fromNs: lastNs, reason: 'checksum' };
          books.set(name, { symbol, channel, connectionId, lastNs, hole: begun });
        }
      },
    },
  );
  const onGap = (gap: GapEvent): void => {
    deriver.onGap(gap);
    for (const book of books.values()) if (concerns(gap, book)) open(book, gap);
  };
  const sink: JournalSink = {
    onHeader: (header) => {
      deriver.onHeader(header);
    },
    onFrame: (record) => {
      deriver.onFrame(record);
    },
    onGap,
    onEnd: () => undefined,
    onDamage: () => undefined,
  };
  for await (const _ of deriveSegments(source, () => true, sink, options)) continue;
  for (const { symbol, channel, hole } of books.values()) {
    if (hole !== undefined) holes.push({ symbol, channel, toNs: undefined, ...hole });
  }
  return holes;
}

/** Steps of the clock take nothing. */
function concerns({ reason, symbols, connectionId, channel }: GapEvent, book: Followed): boolean {
  if (reason === 'clockStep') return false;
  if (channel !== undefined && channel !== book.channel) return false;
  if (symbols.length > 0 && !symbols.includes(book.symbol)) return false;
  return connectionId === undefined || reason === 'restart' || connectionId === book.connectionId;
}

function open(book: Followed, { reason, from }: GapEvent): void {
  const fromNs = from === undefined ? undefined : parseTimestamp(from);
  const earlier = fromNs !== undefined && fromNs < book.lastNs ? fromNs : book.lastNs;
  book.hole ??= { fromNs: earlier, reason };
}
