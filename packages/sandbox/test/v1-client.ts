import { parseStrictly } from '@kr/schemas';
import { parseJson } from '@kr/schemas/json';
import { routeSpotV1Message } from '@kr/schemas/spot-v1';
import { TestClient } from './client.ts';

type Json = Record<string, unknown>;

/** A client of the v1 sockets: every message it takes must be one that the schemas know to the last field. */
export class V1Client implements AsyncDisposable {
  readonly line: TestClient;
  #reqid = 0;

  private constructor(line: TestClient) {
    this.line = line;
  }

  /** `url` is a sandbox's, of v2: v1 is at the root of the same host. */
  static async connect(url: string): Promise<V1Client> {
    return new V1Client(await TestClient.connect(url.replace(/\/v2$/, '/')));
  }

  /** Sends an event and gives the next answer to it. */
  async ask(event: string, fields: object = {}): Promise<Json> {
    this.#reqid += 1;
    const reqid = this.#reqid;
    this.line.send({ event, reqid, ...fields });
    const text = await this.line.next(
      (each) => each.includes(`"reqid":${reqid},`) || each.endsWith(`"reqid":${reqid}}`),
    );
    parseStrictly(routeSpotV1Message, text);
    return JSON.parse(text) as Json;
  }

  subscribe(name: string, pair?: readonly string[], more: object = {}): Promise<Json> {
    return this.ask('subscribe', {
      ...(pair === undefined ? {} : { pair }),
      subscription: { name, ...more },
    });
  }

  /** The next message of a channel, as its text: `book-10`, `ownTrades`. */
  async nextOf(channelName: string): Promise<string> {
    const text = await this.line.next(
      (each) => each.startsWith('[') && each.includes(`,"${channelName}",`),
    );
    parseStrictly(routeSpotV1Message, text);
    return text;
  }

  /** The rows of the next message of a private channel, by id. */
  async rows(channelName: string): Promise<Record<string, Json>[]> {
    const [rows] = JSON.parse(await this.nextOf(channelName)) as [Record<string, Json>[]];
    return rows;
  }

  /** Everything that came, each message checked, arrays of one channel alone if one is named. */
  all(channelName?: string): string[] {
    for (const text of this.line.received) parseStrictly(routeSpotV1Message, text);
    return channelName === undefined
      ? this.line.received
      : this.line.received.filter((text) => {
          const message = parseJson(text);
          return Array.isArray(message) && message.at(-2) === channelName;
        });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.line[Symbol.asyncDispose]();
  }
}
