import { createSandbox } from '@kr/sandbox';
import { type BookFeed, books } from '../src/book/index.ts';
import { createClient } from '../src/index.ts';
import { ManualTime } from './manual-time.ts';
import { drained, STEP_MS, SYMBOLS, Witness } from './market-script.ts';

/** What went wrong while connections were killed; empty when all is well. */
export interface KillOutcome {
  readonly wrong: readonly string[];
  readonly states: number;
  readonly trades: number;
  readonly switches: number;
}

/**
 * A client with two connections, of which either one is killed at random, again and again, after one
 * of them was held back for a moment so that they stand at different places. Every book state and
 * every trade that a witness saw must have been shown, once, in order, and verified.
 */
export async function playKills(random: () => number, kills: number): Promise<KillOutcome> {
  const time = new ManualTime();
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed: random(), rate: 100 },
    clock: time,
    timers: time,
  });
  const { url } = await sandbox.listen();
  const witness = await Witness.connect(url);
  const wrong: string[] = [];
  const shown = new Map<string, string[]>();
  const show = (name: string, key: string): void => {
    const keys = shown.get(name) ?? [];
    keys.push(key);
    shown.set(name, keys);
  };
  const client = createClient({
    url,
    clock: time,
    timers: time,
    random,
    redundancy: 2,
    onGap: (gap) => wrong.push(`gap: ${JSON.stringify(gap)}`),
  });
  const feed: BookFeed = books(client, {
    symbol: SYMBOLS,
    onChange: (symbol, book) => {
      if (!book.verified) wrong.push(`${symbol} shown unverified`);
      show(`book ${symbol}`, String(book.expectedChecksum));
    },
  });
  client.listen(
    { channel: 'trade', symbol: SYMBOLS },
    {
      onMessage: ({ data }) => {
        for (const { symbol, trade_id } of data) show(`trade ${symbol}`, trade_id);
      },
    },
  );
  const run = async (ms: number, isDone = (): boolean => false): Promise<boolean> => {
    for (let passed = 0; passed < ms && !isDone(); passed += STEP_MS) {
      await time.advance(STEP_MS);
      await drained(sandbox);
      for (const symbol of SYMBOLS) {
        const state = feed.get(symbol);
        if (isLive && state.status !== 'verified') wrong.push(`${symbol} is ${state.status}`);
      }
    }
    return isDone();
  };
  let isLive = false;
  const areBothWhole = (): boolean =>
    client.connections.length === 2 &&
    client.connections.every(({ state }) => state === 'open') &&
    client.subscriptions.every(({ lanes }) =>
      lanes.every(({ status }) => status === 'alive' || status === 'active'),
    ) &&
    client.subscriptions.every(
      ({ channel, lanes }) => channel !== 'book' || lanes.every(({ status }) => status === 'alive'),
    );
  if (!(await run(20_000, areBothWhole))) wrong.push('never whole');
  isLive = true;
  const begin = new Map([...witness.seen].map(([name, seen]) => [name, seen.length]));
  const alive = [2, 3];
  for (let kill = 0; kill < kills && wrong.length === 0; kill += 1) {
    const held = alive[Math.floor(random() * 2)] ?? 0;
    sandbox.faults.inject({ kind: 'freeze', connection: held, ms: 300 * random() });
    await run(400 * random());
    const [victim] = alive.splice(Math.floor(random() * 2), 1);
    sandbox.faults.inject({ kind: 'reset', connection: victim });
    alive.push(sandbox.stats.connections.total + 1);
    await run(200);
    if (!(await run(60_000, areBothWhole))) wrong.push(`kill ${kill}: not whole again`);
  }
  // What was held back comes.
  await run(2000);
  for (const [name, from] of begin) {
    const owed = (witness.seen.get(name) ?? [])
      .slice(from)
      .map(({ key }) => key.split(' ').at(-1) ?? '');
    const got = (shown.get(name) ?? []).slice(-owed.length);
    if (owed.join() !== got.join()) {
      wrong.push(`${name}: ${owed.length} owed, ${shown.get(name)?.length} shown, not the same`);
    }
  }
  const { switches } = feed.stats;
  const closed = client.close();
  isLive = false;
  await run(20_000);
  await closed;
  witness.close();
  const down = sandbox.close();
  await run(2000);
  await down;
  const count = (kind: string): number =>
    [...shown]
      .filter(([name]) => name.startsWith(kind))
      .reduce((sum, [, keys]) => sum + keys.length, 0);
  return { wrong: wrong.slice(0, 10), states: count('book'), trades: count('trade'), switches };
}
