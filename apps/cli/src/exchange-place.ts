import { join } from 'node:path';
import { CliError } from './errors.ts';
import type { GlobalOptions } from './global-options.ts';
import type { Io } from './io.ts';
import type { SandboxKeys } from './sandbox/own-sandbox.ts';

/** The exchange that a command talks to. */
export interface Place {
  readonly environment: 'live' | 'sandbox';
  /** Scheme and host of REST; `undefined`: Kraken's own. */
  readonly baseUrl: string | undefined;
  /** Of a sandbox that is ours; `undefined`: the user has the key. */
  readonly keys: SandboxKeys | undefined;
  /** Where processes agree on the nonces of a key; `undefined`: nobody else has this key. */
  readonly nonceDirectory: string | undefined;
  close(): Promise<void>;
}

const nothing = (): Promise<void> => Promise.resolve();

/** Whether a command was asked to stay on this machine. */
export const isSandboxed = (options: GlobalOptions, { env }: Io): boolean =>
  options.sandbox === true ||
  options.sandboxUrl !== undefined ||
  isOn(env['KR_SANDBOX']) ||
  isOn(env['KR_SANDBOX_URL']);

const isOn = (value: string | undefined): boolean => value !== undefined && !/^(?:0|)$/.test(value);

/** Kraken, a sandbox at an address, the one that `kr sandbox` runs, or one for this command. */
export const openPlace = async (options: GlobalOptions, io: Io): Promise<Place> => {
  if (!isSandboxed(options, io)) {
    const nonceDirectory = join(io.home, '.kraken', 'nonces');
    return {
      environment: 'live',
      baseUrl: undefined,
      keys: undefined,
      nonceDirectory,
      close: nothing,
    };
  }
  const { readRunning, sandboxNonces } = await import('./sandbox/running.ts');
  const shared = {
    environment: 'sandbox',
    nonceDirectory: sandboxNonces(io),
    close: nothing,
  } as const;
  const named = options.sandboxUrl ?? (io.env['KR_SANDBOX_URL'] || undefined);
  if (named !== undefined) {
    return { ...shared, baseUrl: loopback(named), keys: undefined };
  }
  const running = await readRunning(io);
  if (running !== undefined) {
    return { ...shared, baseUrl: running.rest, keys: running.keys };
  }
  const { openOwnSandbox } = await import('./sandbox/own-sandbox.ts');
  const own = await openOwnSandbox({ port: 0, seed: 1, rate: 50, limits: false }, io);
  return {
    environment: 'sandbox',
    baseUrl: own.rest,
    keys: own.keys,
    nonceDirectory: undefined,
    close: () => own.close(),
  };
};

/** A sandbox never stands elsewhere: simulated data that comes from afar would be taken for real. */
const loopback = (text: string): string => {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const isLoopback =
    url !== undefined && /^(?:127(?:\.\d+){3}|localhost|\[::1\])$/.test(url.hostname);
  if (isLoopback && /^https?:$/.test(url.protocol)) return url.origin;
  throw new CliError('validation', `"${text}" is no address of a sandbox.`, {
    hint: 'Give one of this machine, as in http://127.0.0.1:8080.',
  });
};
