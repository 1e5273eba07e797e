import type { Answer } from '../../rest/answer.ts';
import { textOf, type WireParams } from '../../rest/request-params.ts';
import type { FuturesDesk } from '../desk.ts';
import { isoMillis } from '../log-fields.ts';
import { quote } from '../socket/feed-frame.ts';
import { ACCOUNT_ROUTES, accountLog, accountLogCsv } from './account-routes.ts';
import { FuturesNonces, isSigned } from './authent.ts';
import { FuturesBudget } from './budget.ts';
import { HISTORY_ROUTES } from './history-routes.ts';
import { MARKET_ROUTES } from './market-routes.ts';
import { type Asking, ORDER_ROUTES, readBatch } from './order-routes.ts';
import { PUBLIC_BODIES } from './public-bodies.ts';
import { FuturesError } from './refusal.ts';

/** A request as it came. */
export interface FuturesCall {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly query: string;
  readonly body: string;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly params: WireParams;
}

const TRADING = '/derivatives/api/';
const HISTORY = /^\/api\/history\/v\d\/([\w-]+)$/;
/** What the exchange tells everybody, and this one has not: nobody is asked for a key. */
const PUBLIC_ABSENT = /^\/api\/charts\/|^\/derivatives\/api\/v\d\/rfqs(?:\/(?!open-)[^/]+)?$/;
const KEY_CHECK = '/api/auth/v1/api-keys/v3/check';

/** The endpoints of Futures on the exchange of its sockets. */
export class FuturesBackend {
  readonly #desk: FuturesDesk;
  /** What a key may spend in 10 s; `undefined`: as much as it likes. */
  readonly #budget: number | undefined;
  readonly #nonces = new Map<string, FuturesNonces>();
  readonly #budgets = new Map<string, FuturesBudget>();

  constructor(desk: FuturesDesk, budget: number | undefined) {
    this.#desk = desk;
    this.#budget = budget;
  }

  answer(call: FuturesCall): Answer {
    try {
      return this.#answer(call);
    } catch (error) {
      if (error instanceof FuturesError) return this.#failed(error.message);
      throw error;
    }
  }

  #answer(call: FuturesCall): Answer {
    const { method, path, params } = call;
    for (const [pattern, print] of PUBLIC_BODIES) {
      const match = method === 'GET' ? pattern.exec(path) : null;
      if (match !== null) return json(print(this.#desk, params, ...match.slice(1)));
    }
    const name = path.startsWith(TRADING) ? path.slice(TRADING.length) : undefined;
    if (name !== undefined && method === 'GET') {
      for (const [pattern, print] of MARKET_ROUTES) {
        const match = pattern.exec(name);
        if (match !== null) return this.#succeeded(print(this.#desk, params, ...match.slice(1)));
      }
    }
    if (method === 'GET' && PUBLIC_ABSENT.test(path)) throw new FuturesError('notFound');
    const asking = this.#authenticate(call);
    if (name !== undefined) return this.#succeeded(this.#trading(call, name, asking));
    const [, history = ''] = HISTORY.exec(path) ?? [];
    if (history === 'account-log') return json(accountLog(asking));
    if (history === 'accountlogcsv') {
      return { status: 200, contentType: 'text/csv', body: accountLogCsv(asking) };
    }
    const print = HISTORY_ROUTES[history];
    if (print !== undefined) return json(print(asking));
    if (path === KEY_CHECK) return json(this.#keyCheck(call, asking));
    return this.#failed('notFound');
  }

  /** A route of the trading API, by its method and its name below the version. */
  #trading({ method, params, headers }: FuturesCall, versioned: string, asking: Asking): string {
    const name = versioned.replace(/^v\d\//, '');
    const key = textOf(headers['apikey']) ?? '';
    const isOrder = Object.hasOwn(ORDER_ROUTES, `${method} ${name}`);
    const print = isOrder ? ORDER_ROUTES[`${method} ${name}`] : ACCOUNT_ROUTES[`${method} ${name}`];
    if (print === undefined) throw new FuturesError('notFound');
    if (isOrder && method === 'POST' && name !== 'orders/status' && !this.#desk.mayTrade(key)) {
      throw new FuturesError('insufficientPrivileges');
    }
    this.#charge(key, name, name === 'batchorder' ? readBatch(params).length : 0);
    return print(asking);
  }

  #charge(key: string, name: string, count: number): void {
    if (this.#budget === undefined) return;
    const budget = this.#budgets.get(key) ?? new FuturesBudget(this.#budget, this.#desk.clock);
    this.#budgets.set(key, budget);
    if (!budget.takes(name, count)) throw new FuturesError('apiLimitExceeded');
  }

  #authenticate({ path, body, query, headers, params }: FuturesCall): Asking {
    const key = textOf(headers['apikey']) ?? '';
    const secret = this.#desk.secretOf(key);
    const account = this.#desk.accountOf(key);
    const nonce = textOf(headers['nonce']);
    const signature = textOf(headers['authent']) ?? '';
    const postData = body === '' ? query : body;
    const isGenuine =
      secret !== undefined && isSigned(secret, { path, postData, nonce, signature });
    if (account === undefined || !isGenuine) throw new FuturesError('authenticationError');
    const nonces = this.#nonces.get(key) ?? new FuturesNonces();
    this.#nonces.set(key, nonces);
    const refused = nonces.refuse(nonce);
    if (refused !== undefined) throw new FuturesError(refused);
    return { desk: this.#desk, account, params };
  }

  #keyCheck({ headers }: FuturesCall, { account }: Asking): string {
    const key = textOf(headers['apikey']) ?? '';
    const general = this.#desk.mayTrade(key) ? 'FULL_ACCESS' : 'READ_ONLY';
    return `{"apiKey":${quote(key)},"accountUid":"${this.#desk.uidOf(account)}","createdAt":"2026-01-01T00:00:00.000Z","permissions":{"general":"${general}","transfer":"NO_ACCESS"}}`;
  }

  #succeeded(fields: string): Answer {
    return json(`{"result":"success","serverTime":"${this.#serverTime}",${fields}}`);
  }

  #failed(error: string): Answer {
    return json(`{"result":"error","serverTime":"${this.#serverTime}","error":${quote(error)}}`);
  }

  get #serverTime(): string {
    return isoMillis(this.#desk.clock.wallNs());
  }
}

function json(body: string): Answer {
  return { status: 200, contentType: 'application/json', body };
}
