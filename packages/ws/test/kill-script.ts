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

/** Updates of a market in one message of every second connection. */
const BATCH = 3;

/**
 * How many states in a row were not shown; the rest were, in their order. A connection whose messages
 * hold several updates tells of the last of them alone.
 */
function longestSkip(owed: readonly string[], shown: readonly string[]): number {
  // Where it begins: what was shown before is not owed.
  const first = owed.find((state) => shown.includes(state));
  let at = first === undefined ? 0 : shown.indexOf(first);
  let skipped = 0;
  let most = 0;
  for (const state of owed) {
    if (shown[at] === state) {
      at += 1;
      skipped = 0;
    } else {
      skipped += 1;
      most = Math.max(most, skipped);
    }
  }
  // What is left was shown and is not owed, or not in this order.
  return at < shown.length ? Number.POSITIVE_INFINITY : most;
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
    // The witness is the first; of the client's two, and of those that follow, every second.
    batches: [1, BATCH],
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
    if (name.startsWith('trade') && owed.join() !== got.join()) {
      wrong.push(`${name}: ${owed.length} owed, ${shown.get(name)?.length} shown, not the same`);
    }
    if (name.startsWith('book')) {
      const most = longestSkip(owed, shown.get(name) ?? []);
      if (most >= BATCH) wrong.push(`${name}: ${most} states in a row were not shown`);
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
