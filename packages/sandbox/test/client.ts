import { once } from 'node:events';
import type { IncomingHttpHeaders } from 'node:http';
import { WebSocket } from 'ws';

/** A real client of the sandbox: keeps every message's text, and hands them out in order. */
export class TestClient implements AsyncDisposable {
  readonly webSocket: WebSocket;
  readonly received: string[] = [];
  upgradeHeaders: IncomingHttpHeaders = {};
  #waiting: (() => void) | undefined;
  #taken = 0;

  private constructor(webSocket: WebSocket) {
    this.webSocket = webSocket;
    webSocket.on('upgrade', (response) => {
      this.upgradeHeaders = response.headers;
    });
    webSocket.on('message', (data: Buffer) => {
      this.received.push(data.toString('utf8'));
      this.#waiting?.();
    });
    webSocket.on('close', () => this.#waiting?.());
  }

  static async connect(url: string, headers: Record<string, string> = {}): Promise<TestClient> {
    const webSocket = new WebSocket(url, { headers, perMessageDeflate: false });
    const client = new TestClient(webSocket);
    await once(webSocket, 'open');
    return client;
  }

  send(message: unknown): void {
    this.webSocket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }

  subscribe(params: Record<string, unknown>, reqId?: number): void {
    this.send({ method: 'subscribe', params, ...(reqId === undefined ? {} : { req_id: reqId }) });
  }

  /** The next message that passes, in order; what does not pass is left out. */
  async next(passes: (text: string) => boolean = () => true): Promise<string> {
    for (;;) {
      while (this.#taken < this.received.length) {
        const text = this.received[this.#taken] ?? '';
        this.#taken += 1;
        if (passes(text)) return text;
      }
      if (this.webSocket.readyState === WebSocket.CLOSED) throw new Error('connection closed');
      await new Promise<void>((resolve) => {
        this.#waiting = resolve;
      });
    }
  }

  /** The next acknowledgement or error. */
  nextAnswer(): Promise<string> {
    return this.next((text) => !text.startsWith('{"channel":'));
  }

  /** The next data frame of a channel. */
  nextOf(channel: string): Promise<string> {
    return this.next((text) => text.startsWith(`{"channel":"${channel}"`));
  }

  async closed(): Promise<number> {
    if (this.webSocket.readyState === WebSocket.CLOSED) return 0;
    const [code] = (await once(this.webSocket, 'close')) as [number];
    return code;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    if (this.webSocket.readyState === WebSocket.CLOSED) return;
    this.webSocket.close();
    await this.closed();
  }
}
