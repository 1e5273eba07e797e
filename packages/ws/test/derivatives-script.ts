import type { Fault } from '@kr/sandbox';
import type { OrderFeed } from '../src/private/index.ts';
import { DerivativesDesk, type DerivativesProtocol, MARKET, RESTING } from './derivatives-desk.ts';

/** What went wrong in a script; empty when all is well. */
export interface DerivativesResult {
  readonly wrong: readonly string[];
  readonly orders: number;
  readonly fills: number;
  readonly breaks: number;
}

/** Simulated time in which everything must be well again once the faults are over. */
const RECOVERY_MS = 240_000;
const STOP = {
  ...MARKET,
  order_type: 'stop-loss',
  side: 'sell',
  triggers: { reference: 'last', price: '20000', price_type: 'static' },
} as const;

/** As orders/status of the sandbox says it, which forgets nothing. */
const STATUSES: Readonly<Record<string, string>> = {
  ENTERED_BOOK: 'open',
  TRIGGER_PLACED: 'open',
  FULLY_EXECUTED: 'filled',
};

/**
 * A desk of derivatives whose feed of orders loses its connection again and again, while orders are
 * placed, filled and canceled over another, which nothing happens to. The reader knows what the
 * exchange's own would: of what has ended, the histories alone. In the end the feed says of each order
 * what the exchange does, and each fill was told once.
 */
export async function playDerivatives(
  protocol: DerivativesProtocol,
  random: () => number,
  steps: number,
): Promise<DerivativesResult> {
  const desk = await DerivativesDesk.open(protocol);
  const { harness, trader } = desk;
  const { futures, sandbox } = harness;
  const own = await desk.follow({
    maxClosed: 10_000,
    reader: {
      ordersStatus: () => Promise.resolve({ orders: [] }),
      orderHistory: (...args) => futures.orderHistory(...args),
      triggerHistory: (...args) => futures.triggerHistory(...args),
      executionHistory: (...args) => futures.executionHistory(...args),
    },
  });
  const placed: string[] = [];
  for (let step = 0; step < steps; step += 1) {
    if (random() < 0.35) {
      for (const fault of pickFaults(random, sandbox.stats.connections.total)) {
        sandbox.faults.inject(fault);
      }
    }
    const luck = random();
    const { open } = desk.traderOrders;
    const one = open[Math.floor(random() * open.length)];
    if (luck < 0.3) placed.push(await desk.accepted({ ...MARKET, side: sideOf(random) }));
    else if (luck < 0.6) placed.push(await desk.accepted(RESTING));
    else if (luck < 0.7) placed.push(await desk.accepted(STOP));
    else if (one !== undefined) await harness.wait(trader.cancel({ order_id: one.orderId }));
    await harness.run(Math.floor(random() * 2500));
  }
  sandbox.faults.clear();
  const isWell = (): boolean => own.status === 'live';
  const wrong: string[] = [];
  // A connection that is half open is noticed within seconds.
  await harness.run(15_000, () => false, 200);
  if (!(await harness.run(RECOVERY_MS, isWell, 200))) wrong.push(`not well again: ${own.status}`);
  wrong.push(...(await compare(desk, own, placed)));
  const breaks = desk.statuses.filter((status) => status === 'broken').length;
  await desk[Symbol.asyncDispose]();
  if (harness.time.armed > 0) wrong.push(`${harness.time.armed} timers left`);
  return { wrong: wrong.slice(0, 10), orders: placed.length, fills: desk.fills.length, breaks };
}

async function compare(
  { harness, fills }: DerivativesDesk,
  own: OrderFeed,
  placed: readonly string[],
): Promise<string[]> {
  const { futures } = harness;
  const wrong: string[] = [];
  const open = new Set<string>();
  for (const orderId of placed) {
    const { orders } = await harness.wait(futures.ordersStatus({ orderIds: [orderId] }));
    const said = STATUSES[orders[0]?.status ?? ''] ?? 'canceled';
    if (said === 'open') open.add(orderId);
    const order = own.get(orderId);
    // One that came and went between two snapshots, without a fill, nobody tells of.
    if (order === undefined && said === 'canceled') continue;
    const shown = order?.isOpen === true ? 'open' : order?.status;
    if (shown !== said) wrong.push(`${orderId}: ${String(shown)} shown, ${said} is`);
  }
  const shown = own.open.map(({ orderId }) => orderId).toSorted();
  if (shown.join() !== [...open].toSorted().join()) {
    wrong.push(`open: ${shown.length} shown, ${open.size} are`);
  }
  if (own.unknown.length > 0) wrong.push(`${own.unknown.length} orders are unknown`);
  const executions = new Set<string>();
  let token: string | undefined;
  do {
    const page: Awaited<ReturnType<typeof futures.executionHistory>> = await harness.wait(
      futures.executionHistory(token === undefined ? {} : { continuation_token: token }),
    );
    for (const { event } of page.elements) executions.add(event.Execution.execution.uid);
    token = page.continuationToken;
  } while (token !== undefined);
  const told = new Set(fills.map(({ executionId }) => executionId));
  if (told.size < fills.length) wrong.push(`${fills.length - told.size} fills were told twice`);
  const missing = [...executions].filter((id) => !told.has(id)).length;
  if (missing > 0) wrong.push(`${missing} of ${executions.size} fills were not told`);
  if (told.size > executions.size) wrong.push('fills were told that there are not');
  return wrong;
}

function sideOf(random: () => number): string {
  return random() < 0.5 ? 'buy' : 'sell';
}

function pickFaults(random: () => number, connection: number): Fault[] {
  const choices: (() => Fault[])[] = [
    () => [{ kind: 'reset', connection }],
    () => [{ kind: 'cut', connection, code: 1012 }],
    () => [{ kind: 'cut', connection, after: { ms: 500 * random() } }],
    () => [{ kind: 'halfOpen', connection }],
    () => [{ kind: 'freeze', connection, ms: 8000 * random() }],
    () => [
      { kind: 'refuseUpgrade', status: 503, times: 1 + Math.floor(random() * 3) },
      { kind: 'reset', connection },
    ],
  ];
  return (choices[Math.floor(random() * choices.length)] ?? (() => []))();
}
