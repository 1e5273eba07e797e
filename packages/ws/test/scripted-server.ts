import { once } from 'node:events';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { type WebSocket, WebSocketServer } from 'ws';

export interface Request {
  readonly method: string;
  readonly req_id: number;
  readonly params?: {
    readonly channel?: string;
    readonly symbol?: readonly string[];
    readonly [param: string]: unknown;
  };
}

export type Answer = (request: Request, peer: Peer) => void;

/** One accepted socket, seen from the server. */
export class Peer {
  readonly requests: Request[] = [];
  readonly socket: WebSocket;

  constructor(socket: WebSocket) {
    this.socket = socket;
  }

  send(...messages: readonly (string | object)[]): void {
    for (const message of messages) {
      this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
    }
  }
}

/**
 * A real WebSocket server on loopback that does what a test says. Answers pings and acknowledges
 * each symbol of a subscription, unless `answer` is replaced.
 */
export class ScriptedServer {
  readonly peers: Peer[] = [];
  /** HTTP statuses for the next upgrade requests, in order. */
  readonly refusals: { status: number; headers?: Record<string, string> }[] = [];
  /** Answers the TCP connection and then nothing. */
  isMute = false;
  answer: Answer = acknowledge;
  /** Sees each upgrade request. */
  onUpgrade: (request: IncomingMessage) => void = () => undefined;
  readonly #http: Server;
  readonly #ws = new WebSocketServer({ noServer: true });
  readonly #sockets = new Set<Socket>();
  #waiting: (() => void)[] = [];

  private constructor(http: Server) {
    this.#http = http;
    http.on('connection', (socket: Socket) => {
      this.#sockets.add(socket);
      socket.on('close', () => this.#sockets.delete(socket));
    });
    http.on('upgrade', (request, socket, head) => {
      this.onUpgrade(request);
      if (this.isMute) return;
      const refusal = this.refusals.shift();
      if (refusal !== undefined) {
        const headers = Object.entries(refusal.headers ?? {}).map(
          ([key, value]) => `${key}: ${value}\r\n`,
        );
        socket.end(
          `HTTP/1.1 ${String(refusal.status)} No\r\n${headers.join('')}Content-Length: 0\r\n\r\n`,
        );
        this.#wake();
        return;
      }
      this.#ws.handleUpgrade(request, socket, head, (accepted) => {
        this.#accept(new Peer(accepted));
      });
    });
  }

  static async listen(port = 0): Promise<ScriptedServer> {
    const http = createServer();
    http.listen(port, '127.0.0.1');
    await once(http, 'listening');
    return new ScriptedServer(http);
  }

  get port(): number {
    return (this.#http.address() as AddressInfo).port;
  }

  get url(): string {
    return `ws://127.0.0.1:${String(this.port)}/v2`;
  }

  /** The newest socket. */
  get peer(): Peer {
    const peer = this.peers.at(-1);
    if (peer === undefined) throw new Error('nobody has connected');
    return peer;
  }

  /** Waits until something that the server sees is so. */
  async until(condition: () => boolean): Promise<void> {
    while (!condition()) {
      await new Promise<void>((resolve) => {
        this.#waiting.push(resolve);
      });
    }
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    this.#http.close();
    await once(this.#http, 'close');
  }

  #accept(peer: Peer): void {
    this.peers.push(peer);
    peer.socket.on('message', (data: Buffer) => {
      const request = JSON.parse(data.toString()) as Request;
      peer.requests.push(request);
      this.answer(request, peer);
      this.#wake();
    });
    peer.socket.on('close', () => {
      this.#wake();
    });
    this.#wake();
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}

/** As Kraken does: a pong for a ping, otherwise one acknowledgement a symbol. */
export function acknowledge({ method, req_id, params = {} }: Request, peer: Peer): void {
  if (method === 'ping') {
    peer.send({ method: 'pong', req_id });
    return;
  }
  const { symbol, token: _, ...echo } = params;
  for (const name of symbol ?? [undefined]) {
    peer.send({ method, req_id, success: true, result: { ...echo, symbol: name } });
  }
}

export const STATUS =
  '{"channel":"status","type":"update","data":[{"version":"2.0.10","system":"online","api_version":"v2","connection_id":13834774380200032777}]}';
export const HEARTBEAT = '{"channel":"heartbeat"}';

/** A book snapshot as the wire prints it. */
export function bookSnapshot(symbol: string): string {
  return bookUpdate(symbol).replace('"type":"update"', '"type":"snapshot"');
}

/** A trade as the wire prints it. */
export function trade(symbol: string, id: number): string {
  return `{"channel":"trade","type":"update","data":[{"symbol":"${symbol}","side":"sell","price":64525.3,"qty":0.00500000,"ord_type":"limit","trade_id":${String(id)},"timestamp":"2026-07-19T17:54:39.768901Z"}]}`;
}

/** A book update as the wire prints it. */
export function bookUpdate(symbol: string, price = '64525.3'): string {
  return `{"channel":"book","type":"update","data":[{"symbol":"${symbol}","bids":[],"asks":[{"price":${price},"qty":0.00309336}],"checksum":1848203113,"timestamp":"2026-07-19T17:54:39.768901Z"}]}`;
}
