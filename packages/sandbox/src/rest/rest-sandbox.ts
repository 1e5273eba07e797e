import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import type { Clock, Timers } from '@kr/schemas/shared';
import type { FuturesDesk } from '../futures/desk.ts';
import { FuturesBackend } from '../futures/rest/backend.ts';
import type { PaperDesk } from '../paper/paper-desk.ts';
import { isForeign, SANDBOX_HEADER } from '../server/upgrade-check.ts';
import { type Answer, jsonAnswer, sendAnswer } from './answer.ts';
import { playFault, type RestFault } from './fault.ts';
import { FuturesAccount } from './futures-routes.ts';
import { type Incoming, MAX_BODY_BYTES, paramsOf, receive } from './incoming.ts';
import { KeyRing, type SandboxKey } from './key-ring.ts';
import { Lockouts } from './lockouts.ts';
import { PaperBackend } from './paper-backend.ts';
import { textOf, type WireParams } from './request-params.ts';
import { proLimits, RestCounters, type RestLimits } from './rest-counters.ts';
import { SpotAccount } from './spot-account.ts';
import { type PublicTrade, publicResult } from './spot-public.ts';
import { SpotRefusal } from './spot-refusal.ts';
import { spotRoutes, tradingRoutes } from './spot-routes.ts';

export interface RestSandboxOptions {
  readonly clock: Clock;
  readonly timers: Timers;
  readonly keys: readonly SandboxKey[];
  /** @defaultValue those of a Pro account */
  readonly limits?: RestLimits | undefined;
  /** What goes wrong with a request; `undefined`: nothing. */
  readonly fault?: FaultSource | undefined;
  /** Spot on the exchange of a sandbox's sockets, in place of an account of its own. */
  readonly desk?: PaperDesk | undefined;
  /** Futures on the exchange of a sandbox's sockets, in place of an account of its own. */
  readonly futures?: FuturesDesk | undefined;
  /** What a futures key may spend in 10 s; default: as much as it likes. */
  readonly futuresBudget?: number | undefined;
  /** @defaultValue any that is free */
  readonly port?: number | undefined;
}

/** Says what goes wrong with a request; `undefined`: nothing. */
export type FaultSource = (request: FaultRequest) => RestFault | undefined;

export interface FaultRequest {
  readonly method: string;
  readonly path: string;
  readonly params: WireParams;
  /** From 1. */
  readonly number: number;
}

export interface RestSandboxStats {
  readonly requests: number;
  readonly nonceErrors: number;
  readonly refusedByCounters: number;
  /** What all accepted requests cost together. */
  readonly charged: number;
}

/** What a server knows of a request that it passes on. */
export interface RestLine {
  readonly fault: FaultSource;
  readonly tcp: Socket;
}

/** Kraken's REST on loopback. */
export interface RestSandbox extends AsyncDisposable {
  listen(): Promise<{ readonly url: string; readonly port: number }>;
  close(): Promise<void>;
  /**
   * Answers one request, for a server that has checked who asks, as that of `createSandbox({ rest })`;
   * `line` has that server's own faults, and the TCP connection below its TLS.
   */
  handle(request: IncomingMessage, response: ServerResponse, line?: RestLine): void;
  /** The Spot account that all keys share. */
  readonly spot: SpotAccount;
  readonly futures: FuturesAccount;
  /** Public trades, oldest first, for a test to add to. */
  readonly publicTrades: PublicTrade[];
  readonly stats: RestSandboxStats;
}

/** Opens nothing until `listen()`. */
export function createRestSandbox(options: RestSandboxOptions): RestSandbox {
  const { clock, timers } = options;
  const spot = new SpotAccount(clock);
  const futures = new FuturesAccount();
  const publicTrades: PublicTrade[] = [];
  const limits = options.limits ?? proLimits;
  const ring = new KeyRing(options.keys, new Lockouts(limits.lockout, clock));
  const counters = new RestCounters(limits, clock);
  const paper = options.desk === undefined ? undefined : new PaperBackend(options.desk);
  const contracts =
    options.futures === undefined
      ? undefined
      : new FuturesBackend(options.futures, options.futuresBudget);
  let requests = 0;

  /** Verifies at once; what it gives is done when it is called. */
  const admitSpot = async (incoming: Incoming, params: WireParams): Promise<() => Answer> => {
    const [, , scope, ...rest] = incoming.path.split('/');
    const name = rest.join('/');
    if (scope === 'public' && paper !== undefined) {
      const said = say(paper.answerPublic(name, params));
      return () => said;
    }
    if (scope === 'public') {
      const result = publicResult(name, params, { wallNs: clock.wallNs(), trades: publicTrades });
      const said = result === undefined ? refuse('EGeneral:Unknown method') : say(result);
      return () => said;
    }
    const { key, refusal } = await verifySpot(incoming, params);
    const handler = Object.hasOwn(spotRoutes, name) ? spotRoutes[name] : undefined;
    if (refusal !== undefined) return () => refuse(refusal);
    if (paper !== undefined) {
      const act = paper.admit(key, name, params, ring.nonceState(key));
      return () => say(act());
    }
    if (name === 'RetrieveExport') {
      return () => ({ status: 200, contentType: 'application/octet-stream', body: exportZip });
    }
    if (handler === undefined) return () => refuse('EGeneral:Unknown method');
    const limited = tradingRoutes.has(name) ? undefined : counters.chargeCall(key, name);
    if (limited !== undefined) return () => refuse(limited);
    return () => {
      spot.applySwitch();
      const nonces = ring.nonceState(key);
      const result = handler({ account: spot, params, key, counters, clock, nonces });
      return say(result);
    };
  };

  const verifySpot = async (incoming: Incoming, params: WireParams) => {
    const key = textOf(incoming.headers['api-key']) ?? '';
    const refusal = await ring.verifySpot({
      path: incoming.path,
      body: incoming.body,
      nonce: textOf(params['nonce']),
      otp: textOf(params['otp']),
      key,
      signature: textOf(incoming.headers['api-sign']),
      from: incoming.from,
    });
    return { key, refusal };
  };

  const answerFutures = async (incoming: Incoming, params: WireParams): Promise<Answer> => {
    const { method, path, headers } = incoming;
    const serverTime = new Date(Number(clock.wallNs() / 1_000_000n)).toISOString();
    if (!/\/(?:tickers|instruments|charts)/.test(path)) {
      const postData = method === 'GET' || method === 'DELETE' ? incoming.query : incoming.body;
      const key = textOf(headers['apikey']);
      const nonce = textOf(headers['nonce']);
      const signature = textOf(headers['authent']);
      const error = await ring.verifyFutures({ path, postData, nonce, key, signature });
      if (error !== undefined) return jsonAnswer({ result: 'error', error, serverTime });
    }
    const body = futures.answer(method, path, params);
    if (body === undefined) return jsonAnswer({ result: 'error', error: 'notFound', serverTime });
    return jsonAnswer({ result: 'success', serverTime, ...body });
  };

  const admit = async (incoming: Incoming, params: WireParams): Promise<() => Answer> => {
    if (incoming.path.startsWith('/0/')) return admitSpot(incoming, params);
    if (contracts !== undefined) return () => contracts.answer({ ...incoming, params });
    const said = await answerFutures(incoming, params);
    return () => said;
  };

  const serve = async (
    request: IncomingMessage,
    response: ServerResponse,
    line: RestLine | undefined,
  ): Promise<void> => {
    const incoming = await receive(request);
    requests += 1;
    if (incoming === 'too large') {
      response.setHeader('connection', 'close');
      const body = `a request has at most ${MAX_BODY_BYTES} bytes\n`;
      sendAnswer(response, { status: 413, contentType: 'text/plain', body });
      return;
    }
    const { method, path } = incoming;
    const isSpot = path.startsWith('/0/');
    if (isSpot && !SPOT_METHODS.has(method)) {
      const body = `sandbox: no ${method} here, only GET and POST\n`;
      sendAnswer(response, { status: 404, contentType: 'text/plain', body });
      return;
    }
    const params = paramsOf(incoming);
    if (params === undefined) {
      const said = { result: 'error', error: 'invalidArgument' };
      sendAnswer(response, isSpot ? refuse('EGeneral:Invalid arguments') : jsonAnswer(said));
      return;
    }
    const asked = { method, path, params, number: requests };
    const fault = options.fault?.(asked) ?? line?.fault(asked);
    const reset = (): void => {
      (line?.tcp ?? request.socket).resetAndDestroy();
    };
    const faulty = { response, timers, isSpot, reset };
    const nothing = isSpot ? succeed({}) : jsonAnswer({ result: 'success' });
    if (fault?.when === 'before') {
      playFault(fault, nothing, faulty);
      return;
    }
    const act = await admit(incoming, params);
    if (fault?.when === 'late') timers.setTimeout(act, fault.lateMs ?? 50);
    const said = fault?.when === 'late' ? nothing : act();
    if (fault === undefined) sendAnswer(response, said);
    else playFault(fault, said, faulty);
  };

  const handle: RestSandbox['handle'] = (request, response, line) => {
    response.setHeader(SANDBOX_HEADER, '1');
    serve(request, response, line).catch(() => response.destroy());
  };
  const server = createServer({ keepAliveTimeout: 30_000 }, (request, response) => {
    if (!isForeign(request)) {
      handle(request, response);
      return;
    }
    response.setHeader(SANDBOX_HEADER, '1');
    sendAnswer(response, { status: 403, contentType: 'text/plain', body: 'loopback only' });
  });
  const close = async (): Promise<void> => {
    server.closeAllConnections();
    if (!server.listening) return;
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
    });
  };

  return {
    listen: async () => {
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(options.port ?? 0, '127.0.0.1', resolve);
      });
      const { port } = server.address() as AddressInfo;
      return { url: `http://127.0.0.1:${port}`, port };
    },
    handle,
    close,
    [Symbol.asyncDispose]: close,
    spot,
    futures,
    publicTrades,
    get stats() {
      const { refused: refusedByCounters, charged } = counters;
      return { requests, nonceErrors: ring.nonceErrors, refusedByCounters, charged };
    },
  };
}

const SPOT_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST']);

/** The smallest archive there is: nothing in it. */
const exportZip = new Uint8Array([0x50, 0x4b, 0x05, 0x06, ...Array.from({ length: 18 }, () => 0)]);

function succeed(result: unknown): Answer {
  return jsonAnswer({ error: [], result });
}

function say(result: unknown): Answer {
  return result instanceof SpotRefusal ? refuse(result.error) : succeed(result);
}

function refuse(error: string): Answer {
  return jsonAnswer({ error: [error] });
}
