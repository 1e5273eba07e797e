// A setup file of the tests: what the suites of auth and rest print, in this process and in those
// that they start, every error that these packages make and every error that anybody throws is
// searched for every secret, signature, token and one-time password that was used in them. A leak fails the file in which it came.
import { subscribe } from 'node:diagnostics_channel';
import type { IncomingMessage } from 'node:http';
import { inspect } from 'node:util';
import { afterAll, beforeAll, expect } from 'vitest';
import { AuthError } from '../packages/auth/src/auth-error.ts';
import { Secret } from '../packages/auth/src/secret.ts';
import { SignedRequest } from '../packages/auth/src/signed-request.ts';
import { RestError } from '../packages/rest/src/errors.ts';
import { NotSentError } from '../packages/rest/src/transport.ts';
import { LeakWatch } from './leaks.ts';
import { ThrownErrors } from './thrown-errors.ts';

const WATCHED = /\/packages\/(?:auth|rest)\//;
const SIGNATURES = ['api-sign', 'authent', 'authorization', 'proxy-authorization'];
/** A long run has much to search, and machines are shared. */
const LIMIT_MS = 300_000;
const STATE = Symbol.for('kr.leak-watch');

interface Installed {
  readonly watch: LeakWatch;
  readonly thrown: ThrownErrors;
  /** Made in the file that runs; printed when it is over, for an error gets its fields late. */
  errors: Error[];
  isOn: boolean;
}

function install(): Installed {
  const watch = new LeakWatch();
  const thrown = new ThrownErrors((text) => watch.see(text));
  const state: Installed = { watch, thrown, errors: [], isOn: false };

  // Where secrets are used: a text that signs or is sent leaves its Secret by this way alone.
  remember(Secret.prototype, 'expose', 'value', (expose) => {
    return function exposeAndRemember(this: Secret) {
      const text = expose.call(this) as string;
      if (state.isOn) watch.keep(text);
      return text;
    };
  });
  // Where signatures and one-time passwords leave, …
  const keepParts = (name: 'headers' | 'body', partsOf: (value: never) => readonly string[]) => {
    remember(SignedRequest.prototype, name, 'get', (getter) => {
      return function getAndRemember(this: SignedRequest) {
        const value = getter.call(this) as never;
        if (state.isOn) for (const part of partsOf(value)) watch.keep(part);
        return value;
      };
    });
  };
  keepParts('headers', (headers: Record<string, string>) => signaturesOf(headers));
  keepParts('body', (body: string | undefined) => {
    const [, otp] = /(?:^|[&"])otp(?:=|":")([^&"]+)/.exec(body ?? '') ?? [];
    return otp === undefined ? [] : [decodeURIComponent(otp)];
  });
  // … and where they arrive, from other processes, too.
  subscribe('http.server.request.start', (message) => {
    const { request } = message as { readonly request: IncomingMessage };
    if (state.isOn) for (const text of signaturesOf(request.headers)) watch.keep(text);
  });

  for (const level of ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const) {
    const print = console[level].bind(console) as (...args: unknown[]) => void;
    console[level] = (...args: unknown[]) => {
      if (state.isOn) watch.see(args.map(printed).join(' '));
      print(...args);
    };
  }
  for (const stream of [process.stdout, process.stderr]) {
    const write = stream.write.bind(stream) as (...args: unknown[]) => boolean;
    stream.write = (...args: unknown[]) => {
      if (state.isOn) watch.see(String(args[0]));
      return write(...args);
    };
  }

  // Every error of these packages, thrown or rejected or neither: `super()` asks for the class above
  // it anew each time, so this reaches classes that were loaded long ago.
  class Remembered extends Error {
    constructor(message?: string, options?: ErrorOptions) {
      super(message, options);
      if (state.isOn) state.errors.push(this);
    }
  }
  for (const each of [AuthError, RestError, NotSentError]) Object.setPrototypeOf(each, Remembered);
  return state;
}

type Method = (this: unknown) => unknown;

/** Puts a function around a method or a getter. */
function remember(
  prototype: object,
  name: string,
  kind: 'value' | 'get',
  around: (inner: Method) => (this: never) => unknown,
): void {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name);
  const inner: unknown = descriptor?.[kind];
  if (typeof inner !== 'function') throw new TypeError(`There is no ${name} to watch.`);
  Object.defineProperty(prototype, name, { ...descriptor, [kind]: around(inner as Method) });
}

function signaturesOf(headers: object): string[] {
  return Object.entries(headers)
    .filter(([name]) => SIGNATURES.includes(name.toLowerCase()))
    .map(([, value]) => String(value).replace(/^Basic /, ''));
}

/** Everything that printing a value in any way could show. */
function printed(value: unknown): string {
  if (typeof value === 'string') return value;
  const own = value instanceof Error ? `${value.stack}\n${printed(value.cause ?? '')}` : '';
  return [
    inspect(value, { depth: 8, maxStringLength: null }),
    JSON.stringify(value) ?? '',
    own,
  ].join('\n');
}

const shared = globalThis as { [STATE]?: Installed };
if (WATCHED.test(expect.getState().testPath ?? '')) {
  const state = (shared[STATE] ??= install());
  // For the helpers of the packages, which cannot import this file.
  Object.assign(globalThis, { krLeakWatch: state.watch });
  beforeAll(() => {
    state.isOn = true;
    state.thrown.start();
  });
  afterAll(() => {
    state.isOn = false;
    state.thrown.stop();
    const errors = state.errors.splice(0);
    for (const error of errors) state.watch.see(printed(error));
    const leaks = state.watch.take();
    if (leaks.length > 0) throw new Error(`Secrets were printed or thrown: ${leaks.join('; ')}`);
  }, LIMIT_MS);
}
