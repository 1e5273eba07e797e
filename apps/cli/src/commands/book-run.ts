import type { L2Book, L3Book } from '@kr/orderbook';
import { formatTimestamp } from '@kr/schemas/shared';
import { type BookFeed, books } from '@kr/ws/book';
import { createEnding } from '../ending.ts';
import { CliError } from '../errors.ts';
import { type Absence, badge, showLadders } from '../live-ladder.ts';
import { type LadderBook, ladderOf } from '../output/ladder.ts';
import { LADDER_COLUMNS, LEVEL_COLUMNS, ladderRow, levelRows } from '../output/ladder-row.ts';
import { fitLine, type Line, ladderLines, plain } from '../output/ladder-text.ts';
import type { CommandResult, Row, TextView } from '../output/result.ts';
import type { Session } from '../session.ts';
import { type ListedPair, loadListing } from '../symbols/listing.ts';
import { aborted } from '../wait.ts';
import type { BookOptions } from './book.ts';
import { gapNote } from './watch/gap-note.ts';

type Feed = BookFeed<L2Book | L3Book>;

/** A market where nothing is said for this long has no book to show. */
const PATIENCE_MS = 10_000;

/** Ladders that are shown when their checksum matched, or not at all. */
export const readBooks = async (
  session: Session,
  options: BookOptions,
  names: readonly string[],
): Promise<CommandResult> => {
  const { level3 = false, depth, once } = options;
  if (level3 && ![10, 100, 1000].includes(depth)) {
    throw new CliError('validation', `There is no level3 with ${depth} levels.`, {
      hint: 'Give 10, 100 or 1000.',
    });
  }
  const { terminal } = session.io;
  const isLookedAt =
    once !== true && terminal !== undefined && (session.settings.output ?? 'table') === 'table';
  const listing = await loadListing(await session.spot('public'), session.signal);
  const pairs = [...new Set(names.map((name) => listing.pair(name)))];
  const client = await session.sockets(level3 ? 'private' : 'public');
  const notes: string[] = [];
  const note = (text: string): void => {
    if (isLookedAt) notes.push(text);
    else session.note(text);
  };
  const counts = new Map<string, number>();
  const asked = {
    symbol: pairs.map(({ symbol }) => symbol),
    depth,
    onGap: (gap: Parameters<typeof gapNote>[0]) => note(gapNote(gap)),
    onChange: (symbol: string) => void counts.set(symbol, (counts.get(symbol) ?? 0) + 1),
  };
  const feed: Feed = level3 ? books(client, { ...asked, channel: 'level3' }) : books(client, asked);
  if (once === true) return readOnce(feed, session);
  const ending = createEnding(options, session);
  return {
    columns: LADDER_COLUMNS,
    rows: ending.rows(changes(feed, ending.signal, session)),
    isStream: true,
    live: (view) =>
      showLadders(
        {
          shown: () => pairs.map((pair) => shownOf(feed, pair, depth, counts)),
          notes,
          onQuit: ending.end,
          over: Promise.race([aborted(ending.signal), endOf(feed)]),
        },
        view,
        session.io,
      ),
    afterwards: async () => ending.check(),
  };
};

const shownOf = (
  feed: Feed,
  { symbol, body }: ListedPair,
  depth: number,
  counts: ReadonlyMap<string, number>,
) => {
  const state = feed.get(symbol);
  const isThere = state.status === 'verified';
  return {
    symbol,
    depth,
    tickSize: body.tick_size,
    book: isThere ? state.book : undefined,
    absence: isThere ? undefined : absenceOf(state),
    messages: counts.get(symbol) ?? 0,
  };
};

const ABSENCES = {
  awaitingSnapshot: ['waiting', 'waiting for the snapshot'],
  unchecked: ['waiting', 'waiting for a checksum that proves it'],
  resyncing: ['mending', 'begins anew'],
  quarantined: ['lost', 'given up for now'],
  ended: ['lost', 'ended'],
} as const;

const absenceOf = ({
  status,
  reason,
}: {
  readonly status: keyof typeof ABSENCES;
  readonly reason: string;
}): Absence => {
  const [kind, words] = ABSENCES[status];
  // What it waits for says enough.
  return { kind, reason: kind === 'waiting' ? words : `${words}: ${reason}` };
};

/** @throws CliError when every book has ended, which is no end that anybody asked for */
const endOf = async (feed: Feed): Promise<never> => {
  for await (const _ of feed);
  throw ended(feed);
};

const ended = (feed: Feed): CliError => {
  const [state] = feed.symbols.map((symbol) => feed.get(symbol));
  const reason = state === undefined || state.status === 'verified' ? '' : `: ${state.reason}`;
  return new CliError('websocket', `No book of ${feed.symbols.join(', ')} any more${reason}`, {
    hint: 'Check the address, the network and the symbol; status.kraken.com says whether Kraken is there.',
  });
};

/** A whole ladder after each change; what was superseded before it was read is left out. */
async function* changes(feed: Feed, signal: AbortSignal, { io }: Session): AsyncGenerator<Row> {
  const over = aborted(signal);
  const iterator = feed[Symbol.asyncIterator]();
  for (;;) {
    const next = await Promise.race([iterator.next(), over]);
    if (next === undefined) return;
    if (next.done === true) throw ended(feed);
    const { symbol } = next.value;
    // As it stands now: more frames may have come with the one that woke us.
    const state = feed.get(symbol);
    const at = formatTimestamp(io.clock.wallNs());
    yield state.status === 'verified'
      ? ladderRow(symbol, state.book, at)
      : { at, symbol, verified: false, status: state.status, reason: state.reason };
  }
}

/** A ladder as it stood when its checksum had matched. */
interface Found {
  readonly row: Row;
  readonly levels: readonly Row[];
  readonly text: (view: TextView) => string;
}

/** Waits until every book was verified once. */
const readOnce = async (feed: Feed, session: Session): Promise<CommandResult> => {
  const { timers, clock } = session.io;
  const found = new Map<string, Found>();
  const patience = new AbortController();
  const timer = timers.setTimeout(() => patience.abort(), PATIENCE_MS);
  const over = aborted(AbortSignal.any([session.signal, patience.signal]));
  const iterator = feed[Symbol.asyncIterator]();
  try {
    while (found.size < feed.symbols.length) {
      const next = await Promise.race([iterator.next(), over]);
      session.signal.throwIfAborted();
      if (next === undefined) throw lacking(feed, found);
      if (next.done === true) throw ended(feed);
      const { symbol } = next.value;
      const state = feed.get(symbol);
      if (state.status === 'ended') throw ended(feed);
      // The books go on: what is shown is what stands now.
      if (state.status === 'verified') {
        found.set(symbol, {
          row: ladderRow(symbol, state.book, formatTimestamp(clock.wallNs())),
          levels: levelRows(symbol, state.book),
          text: textOf(symbol, state.book),
        });
      }
    }
  } finally {
    timers.clearTimeout(timer);
  }
  const all = feed.symbols.map((symbol) => found.get(symbol)).filter((one) => one !== undefined);
  const levels = all.flatMap((one) => one.levels);
  const hasOrders = levels.some((row) => 'orders' in row);
  return {
    columns: hasOrders ? [...LEVEL_COLUMNS, { key: 'orders' }] : LEVEL_COLUMNS,
    rows: levels,
    document: all.length === 1 ? all[0]?.row : all.map(({ row }) => row),
    text: (view) => all.map(({ text }) => text(view)).join('\n'),
  };
};

const lacking = (feed: Feed, found: ReadonlyMap<string, unknown>): CliError => {
  const missing = feed.symbols.filter((symbol) => !found.has(symbol));
  return new CliError(
    'websocket',
    `No book of ${missing.join(', ')} that verifies came within ${PATIENCE_MS / 1000} s.`,
    { hint: 'Try again, or look at status.kraken.com.' },
  );
};

/** One ladder as text, of the book as it stands now. */
const textOf = (symbol: string, book: LadderBook): Found['text'] => {
  const everything = { count: Number.POSITIVE_INFINITY, multiple: 1, tickSize: undefined };
  const ladder = ladderOf(book, everything);
  const { depth } = book;
  const verdict = { verified: book.verified, checksum: book.checksum() };
  return (view) => {
    const title: Line = [
      [symbol, view.style.heading],
      [` · depth ${depth} · `, plain],
      ...badge(verdict, view.style),
    ];
    return [title, ...ladderLines(ladder, view)]
      .map((line) => `${fitLine(line, Number.POSITIVE_INFINITY).trimEnd()}\n`)
      .join('');
  };
};
