import type { FaultRequest, RestFault, RestFaultKind } from '@kr/sandbox/rest';
import { createInstruments, createSpotOrders, isRestError } from '../src/index.ts';
import { createRandom } from '../src/random.ts';
import { withKraken } from './kraken.ts';

const ORDER_FAULTS: readonly RestFaultKind[] = [
  'timeout',
  'reset',
  'badGateway',
  'html',
  'cutBody',
  'wrongTypes',
  'slowBody',
  'internal',
  'busy',
];
/** Those that a read gets over by being repeated. */
const READ_FAULTS: readonly RestFaultKind[] = [
  'reset',
  'badGateway',
  'html',
  'cutBody',
  'slowBody',
  'busy',
];

export interface FaultRunReport {
  readonly runs: number;
  /** By status: of placing, and of reconciling what was unknown. */
  readonly outcomes: Readonly<Record<string, number>>;
  /** Sentences, one for each promise that was broken. */
  readonly broken: readonly string[];
}

/**
 * Places orders one after the other, each with a fault of its own before, after or long after the
 * exchange took it, while one read in five fails, too; then compares with what the exchange has.
 */
export async function runFaults(seed: number, runs: number): Promise<FaultRunReport> {
  const random = createRandom(BigInt(seed));
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const outcomes: Record<string, number> = {};
  const broken: string[] = [];
  const sent = new Map<string, number>();
  const faults = new Map<string, string>();
  const count = (key: string): void => {
    outcomes[key] = (outcomes[key] ?? 0) + 1;
  };

  const fault = ({ path, params }: FaultRequest): RestFault | undefined => {
    if (path.endsWith('/AddOrder')) {
      const id = String(params['cl_ord_id']);
      sent.set(id, (sent.get(id) ?? 0) + 1);
      if (random() < 0.1) return undefined;
      const when = pick(['before', 'after', 'late'] as const);
      // What the exchange itself says is said of an order that it has not taken.
      const how = pick(when === 'before' ? ORDER_FAULTS : ORDER_FAULTS.slice(0, -1));
      faults.set(id, `${when} ${how}`);
      return { when: when === 'before' || how !== 'slowBody' ? when : 'after', how, lateMs: 10 };
    }
    if (!path.startsWith('/0/private/') || random() >= 0.2) return undefined;
    const how = pick(READ_FAULTS);
    return { when: how === 'slowBody' ? 'after' : 'before', how };
  };

  await withKraken(
    async ({ sandbox, spot }) => {
      const client = spot({ retry: { attempts: 10, initialMs: 1, maxMs: 2 } });
      const instruments = createInstruments(await client.assetPairs());
      let id = '';
      const onIntent = (intent: { clientOrderId: string }): void => {
        id = intent.clientOrderId;
      };
      const orders = createSpotOrders({ client, timers: globalThis, instruments, onIntent });
      const kept = () =>
        [...sandbox.spot.orders.values()].filter((each) => each.clientOrderId === id);
      const check = (holds: boolean, what: string): void => {
        if (!holds) broken.push(`${id} (${faults.get(id) ?? 'no fault'}): ${what}`);
      };
      for (let run = 0; run < runs; run += 1) {
        const order = {
          pair: 'BTC/USD',
          type: pick(['buy', 'sell'] as const),
          ordertype: pick(['limit', 'market'] as const),
          price: '30000.1',
          volume: '0.5',
        };
        try {
          const outcome = await orders.place(order, { timeoutMs: 100 });
          count(outcome.status);
          if (outcome.status === 'accepted') {
            check(kept().length === 1, 'accepted, and not there once');
            check(kept()[0]?.txid === outcome.orderId, 'accepted under another id');
          } else if (outcome.status === 'rejected') {
            check(kept().length === 0, 'rejected, and there');
          } else {
            // A client that gave up first knows before the exchange what became of its order.
            const isLost = (): boolean => (faults.get(id) ?? '').startsWith('before');
            const look = { attempts: 2, waitMs: 2, sinceSeconds: 0 };
            let found = await orders.reconcile(outcome, look);
            for (
              let looks = 1;
              found.status === 'notFound' && !isLost() && looks < 200;
              looks += 1
            ) {
              found = await orders.reconcile(outcome, look);
            }
            const willCome = sent.has(id) && !isLost();
            count(`unknown, then ${found.status}`);
            check((found.status === 'found') === willCome, `${found.status} by reconciling`);
            check(kept().length === (willCome ? 1 : 0), `${kept().length} orders of it exist`);
            const orderId = found.status === 'found' ? found.orderId : undefined;
            check(orderId === kept()[0]?.txid, 'reconciled to another order');
          }
        } catch (error) {
          count('nothing sent');
          check(isRestError(error) && error.effect === 'none', 'threw with an open effect');
          check(kept().length === 0, `threw, and there: ${String(error)}`);
        }
        check((sent.get(id) ?? 0) <= 1, `sent ${sent.get(id)} times`);
      }
    },
    { fault },
  );
  return { runs, outcomes, broken };
}
