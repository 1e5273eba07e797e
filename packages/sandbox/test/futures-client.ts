import { createCredentials, createFuturesSigner } from '@kr/auth';
import { parseStrictly } from '@kr/schemas';
import { routeFuturesMessage } from '@kr/schemas/futures-ws';
import type { FuturesAccountOptions } from '../src/futures/desk.ts';
import { createSandboxKey } from '../src/safety/sandbox-key.ts';
import { createSandbox } from '../src/sandbox.ts';
import type { Sandbox, SandboxOptions } from '../src/sandbox-types.ts';
import { TestClient } from './client.ts';
import { ManualTime } from './manual-time.ts';
import { paperAccount } from './paper.ts';

type Frame = Record<string, unknown>;

/** A client of the futures v1 socket: every frame that it reads is strict by the schemas. */
export class FuturesClient implements AsyncDisposable {
  readonly client: TestClient;

  private constructor(client: TestClient) {
    this.client = client;
  }

  static async connect(url: string): Promise<FuturesClient> {
    return new FuturesClient(await TestClient.connect(url));
  }

  send(message: unknown): void {
    this.client.send(message);
  }

  async next(passes: (frame: Frame) => boolean = () => true): Promise<Frame> {
    for (;;) {
      const text = await this.client.next();
      parseStrictly(routeFuturesMessage, text);
      const frame = JSON.parse(text) as Frame;
      if (passes(frame)) return frame;
    }
  }

  /** The next frame of a feed. */
  nextOf(feed: string): Promise<Frame> {
    return this.next((frame) => frame['feed'] === feed && !('event' in frame));
  }

  async subscribe(feed: string, ...products: readonly string[]): Promise<void> {
    this.send({ event: 'subscribe', feed, product_ids: products });
    for (const _ of products) await this.next((frame) => frame['event'] === 'subscribed');
  }

  /** Asks for a challenge, signs it, and gives what a private request needs. */
  async authenticate({ key, secret }: FuturesAccountOptions): Promise<Frame> {
    this.send({ event: 'challenge', api_key: key });
    const { message } = await this.next((frame) => frame['event'] === 'challenge');
    const credentials = createCredentials({
      key,
      secret,
      venue: 'futures',
      environment: 'sandbox',
    });
    const signer = createFuturesSigner({ credentials });
    return {
      api_key: key,
      original_challenge: message,
      signed_challenge: await signer.signChallenge(String(message)),
    };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.client[Symbol.asyncDispose]();
  }
}

/** An account with a futures side. */
export function futuresAccount(
  name: string,
  balances: Record<string, string> = { USD: '100000', XBT: '1', fi_xbtusd: '1' },
): FuturesAccountOptions {
  return { ...createSandboxKey(`${name} futures`), balances };
}

/** A sandbox with futures accounts on a clock that a test moves, and its socket. */
export async function openFutures(
  names: readonly string[] = ['alice'],
  options: Partial<SandboxOptions> = {},
): Promise<{
  readonly sandbox: Sandbox;
  readonly time: ManualTime;
  readonly url: string;
  readonly http: string;
  readonly accounts: readonly FuturesAccountOptions[];
  readonly connect: () => Promise<FuturesClient>;
}> {
  const time = new ManualTime();
  const accounts = names.map((name) => futuresAccount(name));
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed: 1 },
    clock: time,
    timers: time,
    idleTimeoutMs: 1e9,
    accounts: names.map((name, at) => {
      const futures = accounts[at];
      return { ...paperAccount(name), futures };
    }),
    ...options,
  });
  const { futuresUrl: url = '', httpUrl: http } = await sandbox.listen();
  return { sandbox, time, url, http, accounts, connect: () => FuturesClient.connect(url) };
}
