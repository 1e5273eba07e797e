import { createSandbox, DEFAULT_INSTRUMENTS } from '@kr/sandbox';
import { createSystemClock, createSystemTimers, type GapEvent } from '@kr/schemas/shared';
import { expect, it } from 'vitest';
import { createClient, type ProblemEvent } from '../index.ts';
import { books } from './index.ts';

const COUNT = 1500;
const BAD = 'S7/USD';

it(`subscribes ${COUNT} symbols at once without a rate error, and one that is always wrong harms none`, async () => {
  const clock = createSystemClock();
  const timers = createSystemTimers();
  const [like] = DEFAULT_INSTRUMENTS.filter(({ symbol }) => symbol === 'SOL/USD');
  const symbols = Array.from({ length: COUNT }, (_, index) => `S${index}/USD`);
  await using sandbox = createSandbox({
    source: {
      kind: 'synthetic',
      seed: 3,
      rate: 500,
      symbols: symbols.flatMap((symbol) =>
        like === undefined ? [] : [{ ...like, symbol, levels: 15, minLevels: 12 }],
      ),
    },
    clock,
    timers,
    // Nothing is documented; a request of 50 symbols and more a second are far less than these.
    limits: { messages: { max: 50 }, subscriptions: 500 },
    faults: [{ kind: 'corruptChecksum', symbol: BAD, times: 'always' }],
  });
  const { url } = await sandbox.listen();
  const gaps: GapEvent[] = [];
  const problems: ProblemEvent[] = [];
  await using client = createClient({
    url,
    clock,
    timers,
    onGap: (gap) => gaps.push(gap),
    onProblem: (problem) => problems.push(problem),
  });
  const feed = books(client, { symbol: symbols, delayMs: 100 });
  expect((await feed.results).filter(({ success }) => !success)).toStrictEqual([]);
  const good = symbols.filter((symbol) => symbol !== BAD);
  const isDone = (): boolean =>
    feed.get(BAD).status === 'quarantined' &&
    good.every((symbol) => feed.get(symbol).status === 'verified');
  for await (const _ of feed) if (feed.stats.verified >= 5000 && isDone()) break;
  expect(problems).toStrictEqual([]);
  expect(new Set(gaps.flatMap((gap) => gap.symbols))).toStrictEqual(new Set([BAD]));
  expect(feed.stats).toMatchObject({ mismatched: 3, malformed: 0, quarantines: 1 });
  expect(client.stats).toMatchObject({ connections: 3, subscriptions: COUNT, protocolErrors: 0 });
});
