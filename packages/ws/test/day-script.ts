import type { Fault } from '@kr/sandbox';
import { type TradingResult, TradingScript } from './trading-script.ts';

export interface DayResult extends TradingResult {
  readonly tokens: number;
  readonly reconnects: number;
  readonly breaks: number;
}

const HOUR_MS = 3_600_000;
const STEP_MS = 1000;
/** Between two things that happen, on average. */
const MEAN_MS = 120_000;

/**
 * A desk that is up for hours in time that only the script moves: its token is renewed, connections
 * are cut, the exchange has its maintenance and REST its outages, and it trades all the while. After
 * each hour everything that is shown is compared with the books of the exchange.
 */
export async function playDay(random: () => number, hours: number): Promise<DayResult> {
  const state = { isDown: false };
  const script = await TradingScript.open(random, { isDown: () => state.isDown });
  const { harness, wrong } = script;
  let breaks = 0;
  // The sandbox goes on counting connections that it holds half open: what is meant is named.
  const present = (): number => harness.sandbox.stats.connections.total;
  for (let hour = 0; hour < hours && wrong.length === 0; hour += 1) {
    const lengthMs = Math.min(1, hours - hour) * HOUR_MS;
    const maintenanceAt = random() * lengthMs;
    let isOver = hour % 6 !== 0;
    for (let passed = 0; passed < lengthMs; ) {
      const pauseMs = Math.ceil((random() * 2 * MEAN_MS) / STEP_MS) * STEP_MS;
      await harness.run(pauseMs, () => false, STEP_MS);
      passed += pauseMs;
      if (!isOver && passed > maintenanceAt) {
        isOver = true;
        for (const fault of maintenance(random, present())) harness.sandbox.faults.inject(fault);
      }
      if (random() < 0.25) {
        breaks += 1;
        for (const fault of mishap(random, present())) harness.sandbox.faults.inject(fault);
      }
      // REST is away now and then: what is renewed in time does not notice.
      state.isDown = random() < 0.1;
      script.act();
    }
    state.isDown = false;
    await script.comeToRest();
    await script.check();
  }
  const { tokens } = harness;
  const reconnects = harness.sandbox.stats.connections.total - 1;
  return { ...(await script.close()), tokens, reconnects, breaks };
}

/** Announced, then away for minutes, then back. */
function maintenance(random: () => number, connection: number): Fault[] {
  const ms = 60_000 + Math.floor(random() * 240_000);
  return [
    { kind: 'status', system: 'cancel_only' },
    { kind: 'status', system: 'maintenance', after: { ms: 30_000 } },
    { kind: 'cut', code: 1012, connection, after: { ms: 40_000 } },
    { kind: 'refuseUpgrade', status: 503, times: 8, after: { ms: 40_000 } },
    { kind: 'status', system: 'online', after: { ms: 40_000 + ms } },
  ];
}

function mishap(random: () => number, connection: number): Fault[] {
  const choices: (() => Fault[])[] = [
    () => [{ kind: 'cut', code: 1001, connection }],
    () => [{ kind: 'reset', connection }],
    () => [{ kind: 'halfOpen', connection }],
    () => [
      { kind: 'expiredToken', method: 'subscribe' },
      { kind: 'reset', connection },
    ],
    () => [{ kind: 'expiredToken' }],
    () => [{ kind: 'drop', channel: random() < 0.5 ? 'executions' : 'balances' }],
    () => [{ kind: 'loseAck', method: 'add_order' }],
    () => [
      { kind: 'refuseUpgrade', status: 429, retryAfter: 30 },
      { kind: 'cut', code: 1013, connection },
    ],
  ];
  return choices[Math.floor(random() * choices.length)]?.() ?? [];
}
