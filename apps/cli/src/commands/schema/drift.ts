import type { JsonValue } from '@kr/schemas';
import { routeWsMessage } from '@kr/schemas';
import { createDriftObserver, type DriftObserver, type DriftReport } from '@kr/schemas/drift';
import { routeSpotV1Message } from '@kr/schemas/spot-v1';
import { createEnding } from '../../ending.ts';
import { CliError } from '../../errors.ts';
import type { CommandResult } from '../../output/result.ts';
import { createProgress } from '../../progress.ts';
import type { Session } from '../../session.ts';
import { resolveSymbols } from '../../symbols/resolve.ts';
import { aborted } from '../../wait.ts';

export interface DriftOptions {
  readonly feeds?: readonly string[];
  readonly duration: number;
}

/** Of v2 and of v1: a recording says which by what its messages look like. */
const route = (value: JsonValue) => routeWsMessage(value) ?? routeSpotV1Message(value);

/** Unknown fields and values, missing fields, changed types, with how often and a first example. */
export const reportDrift = async (
  session: Session,
  options: DriftOptions,
  path: string | undefined,
): Promise<CommandResult> => {
  const { feeds } = options;
  if ((path === undefined) === (feeds === undefined)) {
    throw new CliError('validation', 'Say what to look at: a recording, or --feeds.', {
      hint: 'kr schema drift recordings/live, or kr schema drift --feeds BTC/USD',
    });
  }
  const observer = createDriftObserver();
  if (path !== undefined) {
    const { simulated, damage } = await readRecording(session, observer, path);
    return resultOf(observer, simulated, damage);
  }
  await listen(session, observer, feeds ?? [], options.duration);
  return resultOf(observer, session.simulated);
};

const readRecording = async (
  session: Session,
  observer: DriftObserver,
  name: string,
): Promise<{ simulated: boolean; damage: number }> => {
  const [{ readFrames }, { openRecording }] = await Promise.all([
    import('@kr/recording'),
    import('../../recording-source.ts'),
  ]);
  const { io, signal } = session;
  const { path, processes, simulated } = await openRecording(name, io);
  const progress = createProgress('reading', 'frames', io);
  let frames = 0;
  let damage = 0;
  const onDamage = ({ message }: { readonly message: string }): void => {
    session.note(message);
    damage += 1;
  };
  for await (const { bytes } of readFrames(path, { processes, signal, onDamage })) {
    observer.observe(route, bytes);
    frames += 1;
    progress.at(frames);
  }
  progress.end();
  return { simulated, damage };
};

const CHANNELS = ['ticker', 'trade', 'ohlc', 'book'] as const;

const listen = async (
  session: Session,
  observer: DriftObserver,
  names: readonly string[],
  duration: number,
): Promise<void> => {
  const symbol = [...(await resolveSymbols(session, names, 'v2'))];
  const client = await session.sockets('public');
  const ending = createEnding({ duration }, session);
  const listening = CHANNELS.map((channel) =>
    client.listen<string>(
      { channel, symbol, snapshot: true },
      { onFrame: ({ frame }) => observer.observe(route, frame.bytes) },
    ),
  );
  const results = (await Promise.all(listening.map((one) => one.results))).flat();
  const [refused] = results.filter(({ success }) => !success);
  if (refused !== undefined && !refused.success && results.every(({ success }) => !success)) {
    throw new CliError('network', `Nothing could be subscribed: ${refused.error}`);
  }
  await aborted(ending.signal);
  ending.check();
};

const resultOf = (observer: DriftObserver, simulated: boolean, damage = 0): CommandResult => {
  const report: DriftReport = observer.report();
  const { messages, drifting, rows } = report;
  return {
    columns: [
      { key: 'subject' },
      { key: 'kind' },
      { key: 'path' },
      { key: 'detail' },
      { key: 'count', align: 'decimal' },
    ],
    rows: rows.map((row) => ({ ...row })),
    empty: 'no difference',
    document: report,
    footer: `${drifting} of ${messages} messages differ from what is documented`,
    exitCode: drifting + damage === 0 ? 0 : 1,
    simulated,
  };
};
