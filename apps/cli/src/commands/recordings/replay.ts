import { type Replay, type ReplaySpeed, replay } from '@kr/recording';
import { type Frame, formatTimestamp, parseTimestamp } from '@kr/schemas/shared';
import { createEnding } from '../../ending.ts';
import { CliError } from '../../errors.ts';
import type { CommandResult, Row } from '../../output/result.ts';
import { openRecording } from '../../recording-source.ts';
import type { Session } from '../../session.ts';

export interface ReplayCommandOptions {
  readonly speed: ReplaySpeed;
  readonly from?: string;
  readonly to?: string;
  readonly count?: number;
  readonly duration?: number;
  readonly book?: readonly string[];
  readonly times?: boolean;
}

/** A recording as it was received: at its own pace, another, or as fast as it is read. */
export const replayRecording = async (
  session: Session,
  options: ReplayCommandOptions,
  name: string,
): Promise<CommandResult> => {
  const { io } = session;
  const { speed, from, to, book, times } = options;
  const recording = await openRecording(name, io);
  const canStep = book !== undefined && io.terminal !== undefined;
  if (speed === 'step' && !canStep) {
    throw new CliError('validation', 'Steps need a terminal and a book to look at.', {
      hint: 'Add --book SYMBOL on a terminal; in a pipe, take --speed max.',
    });
  }
  const ending = createEnding(options, session);
  const playing = (since: string | undefined, pace: ReplaySpeed): Replay => {
    const frames = replay(recording.path, {
      clock: io.clock,
      timers: io.timers,
      speed: pace,
      from: since === undefined ? undefined : checkTime('--from', since),
      to: to === undefined ? undefined : checkTime('--to', to),
      processes: recording.processes,
      onDamage: ({ message }) => session.note(message),
    });
    ending.signal.addEventListener('abort', () => void frames.close(), { once: true });
    return frames;
  };
  if (book !== undefined) {
    const { replayBooks } = await import('./replay-books.ts');
    // Books begin with snapshots: what is before the moment is read at once, and not shown.
    const frames = playing(undefined, from === undefined ? speed : 'max');
    const fromNs = from === undefined ? undefined : checkTime('--from', from);
    return replayBooks({ frames, fromNs, speed, symbols: book, ending, recording, session });
  }
  if (recording.simulated) session.note('of a sandbox (simulated)');
  const frames = ending.rows(playing(from, speed));
  return {
    columns: ['received_at', 'connection_id', 'sequence', 'text'].map((key) => ({ key })),
    rows: rowsOf(frames),
    lines: linesOf(frames, times === true),
    isStream: true,
    simulated: recording.simulated,
    afterwards: async () => ending.check(),
  };
};

const text = new TextDecoder();

async function* rowsOf(frames: AsyncIterable<Frame>): AsyncGenerator<Row> {
  for await (const { receivedAt, connectionId, sequence, bytes } of frames) {
    yield {
      received_at: formatTimestamp(receivedAt.wallNs),
      connection_id: connectionId,
      sequence,
      text: text.decode(bytes),
    };
  }
}

/** As received, byte for byte; or in the form that says when, which `kr verify` reads, too. */
async function* linesOf(frames: AsyncIterable<Frame>, withTimes: boolean): AsyncGenerator<string> {
  for await (const { receivedAt, bytes } of frames) {
    const message = text.decode(bytes);
    yield withTimes
      ? `{"recv_ts_ns":${receivedAt.wallNs},"payload":${JSON.stringify(message)}}\n`
      : `${message}\n`;
  }
}

const checkTime = (name: string, given: string): bigint => {
  const ns = parseTimestamp(given) ?? (/^\d{15,}$/.test(given) ? BigInt(given) : undefined);
  if (ns !== undefined) return ns;
  throw new CliError('validation', `${name} is "${given}", which is no time.`, {
    hint: 'Give one like 2026-11-24T10:30:00Z (UTC), or nanoseconds.',
  });
};
