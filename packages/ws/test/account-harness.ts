import {
  createCredentials,
  createFuturesSigner,
  createNonceSource,
  createSpotSigner,
} from '@kr/auth';
import {
  createFuturesClient,
  createSpotClient,
  createTokenProvider,
  type FuturesClient,
  type SpotClient,
} from '@kr/rest';
import { createSandbox, createSandboxKey, type Sandbox, type SandboxAddress } from '@kr/sandbox';
import type { TokenProvider } from '@kr/schemas/shared';
import { type Client, type ClientOptions, type ClientUrls, createClient } from '../src/index.ts';
import { ManualTime } from './manual-time.ts';
import { drained } from './market-script.ts';

export const STEP_MS = 20;

export interface AccountOptions {
  /** Book updates a second. @default 10 */
  readonly rate?: number | undefined;
  readonly client?: Partial<ClientOptions> | undefined;
  readonly seed?: number | undefined;
  /** Asked each time that a token is wanted: then there is none to be had. */
  readonly isDown?: (() => boolean) | undefined;
}

/**
 * A sandbox with two paper accounts, and a client of the first with its REST beside, over real sockets
 * and in time that only the test moves. The second account is there to trade against.
 */
export class AccountHarness implements AsyncDisposable {
  readonly time = new ManualTime();
  readonly sandbox: Sandbox;
  readonly client: Client;
  readonly spot: SpotClient;
  readonly rival: SpotClient;
  /** REST of derivatives, by the first account's key. */
  readonly futures: FuturesClient;
  readonly url: string;
  /** Of the v1 sockets. */
  readonly v1Url: string;
  /** Of the futures v1 socket. */
  readonly futuresUrl: string;
  /** Of the Unified sockets. */
  readonly unified: ClientUrls;
  readonly provider: TokenProvider;
  tokens = 0;
  #underWay = 0;

  private constructor(
    time: ManualTime,
    sandbox: Sandbox,
    { url, v1Url, futuresUrl = '', unified, httpUrl }: SandboxAddress,
    { client = {}, isDown }: AccountOptions,
  ) {
    this.time = time;
    this.sandbox = sandbox;
    this.url = url;
    this.v1Url = v1Url;
    this.futuresUrl = futuresUrl;
    this.unified = unified ?? { public: url };
    this.spot = this.#watch(this.#restOf('desk', httpUrl));
    this.rival = this.#watch(this.#restOf('rival', httpUrl));
    this.futures = this.#watch(this.#futuresOf('desk futures', httpUrl));
    const provider = createTokenProvider(this.spot, time);
    this.provider = provider;
    this.client = createClient({
      url,
      clock: time,
      timers: time,
      random: () => 0.5,
      attempts: Number.POSITIVE_INFINITY,
      tokens: (tokenOptions) => {
        this.tokens += 1;
        if (isDown?.() === true) return Promise.reject(new Error('REST is down'));
        return provider(tokenOptions);
      },
      ...client,
    });
  }

  static async open(options: AccountOptions = {}): Promise<AccountHarness> {
    const time = new ManualTime();
    const balances = { USD: '10000000', BTC: '100' };
    const sandbox = createSandbox({
      source: {
        kind: 'synthetic',
        seed: options.seed ?? 1,
        symbols: ['BTC/USD', 'ETH/USD'],
        rate: options.rate ?? 10,
      },
      accounts: ['desk', 'rival'].map((name) => ({
        ...createSandboxKey(name),
        balances,
        futures: {
          ...createSandboxKey(`${name} futures`),
          balances: { USD: '100000', XBT: '1', fi_xbtusd: '1' },
        },
      })),
      clock: time,
      timers: time,
    });
    const address = await sandbox.listen();
    const harness = new AccountHarness(time, sandbox, address, options);
    // What the first call loads takes real time, which no step of ours would wait for.
    await Promise.all([harness.spot.time(), harness.rival.time()]);
    return harness;
  }

  /** Moves time on in small steps, everything arriving in between, until it is so. */
  async run(ms: number, isDone = (): boolean => false, stepMs = STEP_MS): Promise<boolean> {
    for (let passed = 0; passed < ms && !isDone(); passed += stepMs) await this.step(stepMs);
    return isDone();
  }

  async step(ms: number): Promise<void> {
    await this.time.advance(ms);
    await drained(this.sandbox);
    // What waits for an answer of REST waits for no time of ours, or not for long.
    for (let turn = 0; turn < 200 && this.#underWay > 0; turn += 1) {
      await new Promise(setImmediate);
    }
  }

  /** What a promise gives, while time moves on. */
  async wait<T>(promise: Promise<T>, ms = 60_000, stepMs = STEP_MS): Promise<T> {
    const state = { isOver: false };
    const result = promise.finally(() => {
      state.isOver = true;
    });
    // It may fail long before anybody looks.
    result.catch(() => undefined);
    if (await this.run(ms, () => state.isOver, stepMs)) return result;
    throw new Error(`nothing came of it in ${ms} ms`);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const { client, spot, rival, futures } = this;
    await this.wait(Promise.all([client, spot, rival, futures].map((one) => one.close())));
    await this.wait(this.sandbox.close());
  }

  #restOf(name: string, baseUrl: string): SpotClient {
    const { time } = this;
    const credentials = createCredentials({ ...createSandboxKey(name), environment: 'sandbox' });
    const signer = createSpotSigner({ credentials, nonces: createNonceSource({ clock: time }) });
    return createSpotClient({ clock: time, timers: time, signer, baseUrl });
  }

  #futuresOf(name: string, baseUrl: string): FuturesClient {
    const { time } = this;
    const credentials = createCredentials({
      ...createSandboxKey(name),
      venue: 'futures',
      environment: 'sandbox',
    });
    const signer = createFuturesSigner({ credentials });
    return createFuturesClient({ clock: time, timers: time, signer, baseUrl });
  }

  async #count(result: Promise<unknown>): Promise<unknown> {
    this.#underWay += 1;
    try {
      return await result;
    } finally {
      this.#underWay -= 1;
    }
  }

  /** The same client, which counts what is under way. */
  #watch<T extends object>(client: T): T {
    return new Proxy(client, {
      get: (target, name): unknown => {
        const member: unknown = Reflect.get(target, name, target);
        if (typeof member !== 'function') return member;
        return (...args: unknown[]): unknown => {
          const result: unknown = Reflect.apply(member, target, args);
          return result instanceof Promise ? this.#count(result) : result;
        };
      },
    });
  }
}
