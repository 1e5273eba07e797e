import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { CliError } from '../errors.ts';
import type { Io } from '../io.ts';
import type { OwnSandbox, SandboxKeys } from './own-sandbox.ts';

/** What other commands must know of the sandbox that `kr sandbox` runs. */
export interface RunningSandbox {
  readonly pid: number;
  readonly rest: string;
  readonly websocket: string;
  readonly keys: SandboxKeys;
}

const stateFolder = ({ env, home }: Io): string =>
  join(env['XDG_STATE_HOME'] || join(home, '.local', 'state'), 'kr');

/** Where the key of the running sandbox stands, for programs other than `kr`. */
export const sandboxKeyFile = (io: Io): string => join(stateFolder(io), 'sandbox.key');

/** Where processes agree on the nonces of the sandbox's keys. */
export const sandboxNonces = (io: Io): string => join(stateFolder(io), 'nonces');

const stateFile = (io: Io): string => join(stateFolder(io), 'sandbox.json');

/** The sandbox of this user that runs, if one does. */
export const readRunning = async (io: Io): Promise<RunningSandbox | undefined> => {
  try {
    const running = JSON.parse(await readFile(stateFile(io), 'utf8')) as RunningSandbox;
    return isAlive(running.pid, io) ? running : undefined;
  } catch {
    // None, or half of one that a crash left: a sandbox of one's own is always to be had.
    return undefined;
  }
};

/** Makes a sandbox known; the returned function takes that back. */
export const announce = async (
  { rest, websocket, keys }: OwnSandbox,
  io: Io,
): Promise<() => Promise<void>> => {
  const folder = stateFolder(io);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const { pid } = io.self;
  await writePrivate(sandboxKeyFile(io), `${keys.spot.key}\n${keys.spot.secret}\n`);
  await writePrivate(stateFile(io), `${JSON.stringify({ pid, rest, websocket, keys })}\n`);
  return async () => {
    await rm(stateFile(io), { force: true });
    await rm(sandboxKeyFile(io), { force: true });
    await rm(sandboxNonces(io), { recursive: true, force: true });
  };
};

/** @throws CliError when one runs already */
export const assertNoneRuns = async (io: Io): Promise<void> => {
  const running = await readRunning(io);
  if (running === undefined) return;
  throw new CliError('validation', `A sandbox runs already: ${running.rest}.`, {
    hint: `It is process ${running.pid}; --sandbox talks to it.`,
  });
};

/** Whole or not at all, and for its owner alone. */
const writePrivate = async (path: string, text: string): Promise<void> => {
  const draft = `${path}.draft`;
  await writeFile(draft, text, { mode: 0o600 });
  await chmod(draft, 0o600);
  await rename(draft, path);
};

const isAlive = (pid: number, { self }: Io): boolean => {
  try {
    self.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};
