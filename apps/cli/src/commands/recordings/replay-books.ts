import type { Replay, ReplaySpeed } from '@kr/recording';
import { type BookApplied, Deriver } from '@kr/recording/export';
import { formatTimestamp } from '@kr/schemas/shared';
import type { Ending } from '../../ending.ts';
import { CliError } from '../../errors.ts';
import { type LiveLadders, type Shown, showLadders } from '../../live-ladder.ts';
import { LADDER_COLUMNS, ladderRow } from '../../output/ladder-row.ts';
import type { CommandResult, Row } from '../../output/result.ts';
import type { RecordingAt } from '../../recording-source.ts';
import type { Session } from '../../session.ts';
import { nearest } from '../../symbols/nearest.ts';
import { viewOf } from './metrics.ts';

export interface BookReplay {
  readonly frames: Replay;
  readonly fromNs: bigint | undefined;
  readonly speed: ReplaySpeed;
  readonly symbols: readonly string[];
  readonly ending: Ending;
  readonly recording: RecordingAt;
  readonly session: Session;
}

type Kept = BookApplied['book'];

/** Books as they were, message by message; on a terminal with the keys of a player. */
export const replayBooks = async (options: BookReplay): Promise<CommandResult> => {
  const { symbols, ending, recording, session } = options;
  const wanted = symbols.map((symbol) => symbol.toUpperCase());
  const player = createPlayer(options, wanted);
  const { frames } = options;
  let isQuit = false;
  return {
    columns: LADDER_COLUMNS,
    rows: ending.rows(player.rows()),
    isStream: true,
    simulated: recording.simulated,
    live: (view) =>
      showLadders(
        {
          ...player.ladders,
          notes: [],
          over: player.run(),
          onQuit: () => {
            isQuit = true;
            ending.end();
          },
        },
        view,
        session.io,
      ),
    afterwards: async () => {
      await frames.close();
      // Who left early saw what there was to see.
      if (!isQuit) player.check();
      ending.check();
    },
  };
};

const createPlayer = (
  { frames, fromNs, speed, ending, session }: BookReplay,
  wanted: readonly string[],
) => {
  const shown = new Map<string, { book: Kept; messages: number }>();
  const seen = new Set<string>();
  let applied: Row | undefined;
  let isStepping = false;
  // What is before the moment is read at once; the keys are for what comes after it.
  let isBegun = fromNs === undefined;
  const deriver = new Deriver(
    { tables: ['gaps'] },
    {
      onRow: () => undefined,
      onBook: ({ key: { symbol }, book, times }) => {
        seen.add(symbol);
        if (!wanted.includes(symbol)) return;
        const known = shown.get(symbol);
        shown.set(symbol, { book, messages: (known?.messages ?? 0) + 1 });
        applied = ladderRow(symbol, book, formatTimestamp(times.receivedNs));
      },
    },
  );
  async function* rows(): AsyncGenerator<Row> {
    try {
      for await (const frame of frames) {
        if (!isBegun && fromNs !== undefined && frame.receivedAt.wallNs >= fromNs) {
          isBegun = true;
          frames.setSpeed(speed);
        }
        deriver.onFrame(viewOf(frame));
        const row = applied;
        applied = undefined;
        // A step is one of what is looked at, not of all that was recorded.
        if (row !== undefined) isStepping = false;
        else if (isStepping) frames.step();
        if (row !== undefined && isBegun) yield row;
      }
    } catch (error) {
      if (!ending.signal.aborted) throw error;
    }
  }
  const ladders: Pick<LiveLadders, 'shown' | 'footer' | 'onKey' | 'keys'> = {
    shown: () =>
      wanted.map((symbol): Shown => {
        const one = shown.get(symbol);
        return {
          symbol,
          depth: one?.book.depth ?? 0,
          tickSize: tickOf(one?.book.pricePrecision),
          book: one?.book,
          absence: { kind: 'waiting', reason: 'no snapshot yet' },
          messages: one?.messages ?? 0,
        };
      }),
    footer: () => {
      const at = frames.positionNs === undefined ? '' : formatTimestamp(frames.positionNs);
      const pace = frames.paused
        ? 'paused'
        : typeof frames.speed === 'number'
          ? `${frames.speed}×`
          : frames.speed;
      return `${at}  ${pace}`;
    },
    keys: 'p pauses · . steps · > < pace · ',
    onKey: (key) => {
      if (!isBegun) return false;
      if (key === '.' || key === 'enter') {
        if (!frames.paused && frames.speed !== 'step') frames.pause();
        isStepping = true;
        frames.step();
        return true;
      }
      return handleKey(key, frames);
    },
  };
  return {
    ladders,
    rows,
    run: async (): Promise<void> => {
      for await (const _ of ending.rows(rows()));
    },
    check: (): void => {
      for (const symbol of wanted) {
        if (seen.has(symbol) || session.signal.aborted) continue;
        const [meant] = nearest(symbol, seen);
        throw new CliError('validation', `The recording has no book of ${symbol}.`, {
          hint:
            meant === undefined
              ? `It has ${[...seen].join(', ') || 'none'}.`
              : `Did you mean ${meant}?`,
        });
      }
    },
  };
};

const handleKey = (key: string, frames: Replay): boolean => {
  const pace = typeof frames.speed === 'number' ? frames.speed : 1;
  switch (key) {
    case 'p':
      if (frames.paused) frames.resume();
      else frames.pause();
      return true;
    case '>':
      frames.setSpeed(Math.min(pace * 2, 1024));
      return true;
    case '<':
      frames.setSpeed(Math.max(pace / 2, 1 / 16));
      return true;
    default:
      return false;
  }
};

/** What a price can differ by: the last digit that it is printed with. */
const tickOf = (precision: number | undefined): string | undefined =>
  precision === undefined ? undefined : precision === 0 ? '1' : `0.${'0'.repeat(precision - 1)}1`;
