import { parseStrictly, type Route } from '@kr/schemas';
import type { JsonValue } from '@kr/schemas/json';
import { TestClient } from '../client.ts';

export type Message = Readonly<Record<string, unknown>>;

/** How a protocol tells its messages apart. */
interface Words {
  readonly route: (value: JsonValue) => Route | undefined;
  /** What answers repeat of their request: `req_id`. Futures has nothing of the kind. */
  readonly id?: string;
  /** Messages that come without a schema in public, read by nobody here. */
  readonly isOpen?: (text: string) => boolean;
}

/** Ids of the pings that mark the end of what was answered. */
const READY = 999_999;

/** A connection, each message of which is what the schemas have and nothing else. */
export class Line implements AsyncDisposable {
  readonly #client: TestClient;
  readonly #words: Words;
  readonly #read: Message[] = [];
  #requests = 0;
  #settled = 0;

  private constructor(client: TestClient, words: Words) {
    this.#client = client;
    this.#words = words;
  }

  static async open(url: string, words: Words): Promise<Line> {
    return new Line(await TestClient.connect(url), words);
  }

  /** The messages that came so far. */
  get received(): readonly Message[] {
    for (const text of this.#client.received.slice(this.#read.length)) {
      this.#read.push(JSON.parse(text) as Message);
      if (this.#words.isOpen?.(text) !== true) parseStrictly(this.#words.route, text);
    }
    return this.#read;
  }

  /** All answers to a request, in their order. */
  async ask(request: Message): Promise<readonly Message[]> {
    const { id = '' } = this.#words;
    this.#requests += 1;
    const own = this.#requests;
    this.#client.send({ ...request, [id]: own });
    await this.settle();
    return this.received.filter((message) => message[id] === own);
  }

  /** Everything that comes of a request, where answers repeat nothing of it. */
  async tell(request: unknown): Promise<readonly Message[]> {
    const before = this.received.length;
    this.#client.send(request);
    await this.settle();
    return this.received.slice(before, -1);
  }

  /** What was said before is answered by then. */
  async settle(): Promise<void> {
    const { id } = this.#words;
    if (id === undefined) {
      this.#client.send('{"event":"ping"}');
      await this.#client.next((text) => text === '{"event":"pong"}');
      return;
    }
    this.#settled += 1;
    const own = READY + this.#settled;
    const kind = id === 'reqid' ? { event: 'ping' } : { method: 'ping' };
    this.#client.send({ ...kind, [id]: own });
    await this.#client.next((text) => text.includes(`"${id}":${own}`));
  }

  /** The frames of a channel, or a feed. */
  of(channel: string): readonly Message[] {
    return this.received.filter((message) => message['channel'] === channel);
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.#client[Symbol.asyncDispose]();
  }
}
