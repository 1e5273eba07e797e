import { once } from 'node:events';
import { get } from 'node:http';
import type { Socket } from 'node:net';

/** A client that only counts messages: it must cost less than any server. */
export class CountingClient {
  readonly #socket: Socket;
  messages = 0;
  bytes = 0;
  /** What is left to skip of a message, and the beginning of a header that was cut. */
  #skip = 0;
  #rest: Buffer = Buffer.alloc(0);

  private constructor(socket: Socket, head: Buffer) {
    this.#socket = socket;
    this.#take(head);
    socket.on('data', (chunk: Buffer) => {
      this.#take(chunk);
    });
    socket.on('error', () => undefined);
  }

  static async connect(url: string): Promise<CountingClient> {
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-version': '13',
      'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
    };
    const request = get(url.replace('ws:', 'http:'), { headers });
    const [, socket, head] = (await once(request, 'upgrade')) as [unknown, Socket, Buffer];
    return new CountingClient(socket, head);
  }

  /** A masked text frame; the mask is zero, which changes nothing. */
  send(text: string): void {
    const payload = Buffer.from(text);
    const header = Buffer.alloc(8);
    header[0] = 0x81;
    header[1] = 0x80 | 126;
    header.writeUInt16BE(payload.length, 2);
    this.#socket.write(Buffer.concat([header, payload]));
  }

  close(): void {
    this.#socket.destroy();
  }

  #take(received: Buffer): void {
    this.bytes += received.length;
    let chunk = received;
    if (this.#rest.length > 0) {
      chunk = Buffer.concat([this.#rest, received]);
      this.#rest = Buffer.alloc(0);
    }
    let at = Math.min(this.#skip, chunk.length);
    this.#skip -= at;
    while (at < chunk.length) {
      const size = (chunk[at + 1] ?? 0) & 0x7f;
      const header = size < 126 ? 2 : size === 126 ? 4 : 10;
      if (at + header > chunk.length) {
        this.#rest = chunk.subarray(at);
        return;
      }
      const length =
        header === 2
          ? size
          : header === 4
            ? chunk.readUInt16BE(at + 2)
            : Number(chunk.readBigUInt64BE(at + 2));
      this.messages += 1;
      const end = at + header + length;
      this.#skip = Math.max(0, end - chunk.length);
      at = end;
    }
  }
}
