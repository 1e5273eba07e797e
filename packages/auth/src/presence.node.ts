import { once } from 'node:events';
import { readdir, stat } from 'node:fs/promises';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { platform } from 'node:os';
import { join } from 'node:path';
import { AuthError } from './auth-error.ts';
import type { Timers } from './clock.ts';
import { remove } from './remove-file.node.ts';

/** `sun_path` has 104 bytes on macOS and 108 on Linux, the last of them zero. */
const MAX_SOCKET_PATH = 103;
/** A socket that refuses and is older than ours by this much belongs to a process that is gone. */
const SWEEP_AFTER_MS = 10_000;
/** How long a process that had the turn lets those who waited try first. */
const GIVE_WAY_MS = 20;
/** A reset says that the holder ends; by the next try it has, unless another race is lost. */
const CONNECT_TRIES = 10;
const SOCKET_FILE = /^[0-9a-f]+\.sock$/;

/** A connection to the holder of the turn. It ends when the turn does, or the holder. */
export interface Watch {
  readonly ended: Promise<void>;
  /** Tells the holder that we had our try. */
  close(): void;
}

/**
 * Tells other processes that this one is alive: a socket that the kernel closes when the process
 * ends, however it ends. A process id would not do: ids are used again, in a container at once, and
 * mean nothing in another one. Those who wait are connected to it, so nobody has to poll.
 */
export class Presence {
  readonly #server: Server;
  readonly #path: string;
  /** Everybody connected, and whether they were told that the turn is over. */
  readonly #watchers = new Map<Socket, 'waiting' | 'told' | 'gone before'>();
  #holding = false;

  private constructor(path: string) {
    this.#path = path;
    this.#server = createServer({ allowHalfOpen: true }, (socket) => {
      this.#handleWatcher(socket);
    });
  }

  /** @throws AuthError `NONCE_STORE_FAILED` */
  static async listen(directory: string, token: string): Promise<Presence> {
    const path = socketPath(directory, token);
    const presence = new Presence(path);
    presence.#server.listen(path);
    await once(presence.#server, 'listening');
    // Out of file handles, it cannot accept: those who connect find out by themselves.
    presence.#server.on('error', ignore);
    // Neither being known to be alive nor being waited for keeps a process alive.
    presence.#server.unref();
    await sweep(directory, path);
    return presence;
  }

  /** How many others wait for the turn that is held here. */
  get waiting(): number {
    return [...this.#watchers.values()].filter((state) => state === 'waiting').length;
  }

  /** From before the turn is claimed: whoever connects meanwhile is told when it ends. */
  hold(): void {
    this.#holding = true;
  }

  /** The turn is over, or was not won: tells everybody who waits. */
  release(): void {
    this.#holding = false;
    for (const [socket, state] of this.#watchers) if (state === 'waiting') this.#tell(socket);
  }

  /** Lets one of those who were told try before us; a frozen one does not hold us up for long. */
  async giveWay(timers: Timers): Promise<void> {
    const told = [...this.#watchers].filter(([, state]) => state === 'told');
    if (told.length === 0) return;
    await new Promise<void>((resolve) => {
      const timer = timers.setTimeout(resolve, GIVE_WAY_MS);
      const handleClose = () => {
        timers.clearTimeout(timer);
        resolve();
      };
      for (const [socket] of told) {
        this.#watchers.set(socket, 'gone before');
        socket.once('close', handleClose);
      }
    });
  }

  async close(): Promise<void> {
    const closed = once(this.#server, 'close');
    this.#server.close();
    for (const socket of this.#watchers.keys()) socket.destroy();
    await closed;
    if (platform() !== 'win32') await remove(this.#path);
  }

  #handleWatcher(socket: Socket): void {
    socket.unref();
    socket.resume();
    socket.on('error', ignore);
    socket.on('close', () => {
      this.#watchers.delete(socket);
    });
    this.#watchers.set(socket, 'waiting');
    if (!this.#holding) this.#tell(socket);
  }

  #tell(socket: Socket): void {
    this.#watchers.set(socket, 'told');
    socket.end();
  }
}

/**
 * Connects to the holder of a turn; `undefined` when it is dead. A holder that ends between our
 * connecting and its accepting resets us: asked again, the system says whether it is gone.
 */
export async function watchOwner(
  directory: string,
  owner: string,
  tries = CONNECT_TRIES,
): Promise<Watch | undefined> {
  const socket = connect({ path: socketPath(directory, owner), allowHalfOpen: true });
  try {
    await once(socket, 'connect');
  } catch (error) {
    socket.destroy();
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ECONNREFUSED' || code === 'ENOENT') return undefined;
    if (code === 'ECONNRESET' && tries > 1) return watchOwner(directory, owner, tries - 1);
    throw error;
  }
  socket.resume();
  const ended = new Promise<void>((resolve) => {
    socket.on('end', resolve);
    socket.on('close', () => {
      resolve();
    });
    socket.on('error', ignore);
  });
  return { ended, close: () => socket.destroy() };
}

function socketPath(directory: string, token: string): string {
  if (platform() === 'win32') return `\\\\.\\pipe\\kr-nonce-${token}`;
  const path = join(directory, `${token}.sock`);
  if (Buffer.byteLength(path) <= MAX_SOCKET_PATH) return path;
  throw new AuthError(
    'NONCE_STORE_FAILED',
    `The path of ${directory} is too long for a socket in it: ${MAX_SOCKET_PATH} bytes are the most. Choose a shorter directory.`,
    { path: directory },
  );
}

/** Removes what crashed processes left. A socket that answers, or is young, is left alone. */
async function sweep(directory: string, ownPath: string): Promise<void> {
  if (platform() === 'win32') return;
  const { mtimeMs: now } = await stat(ownPath);
  const names = (await readdir(directory)).filter((name) => SOCKET_FILE.test(name));
  await Promise.all(
    names.map(async (name) => {
      const path = join(directory, name);
      const age = await stat(path).then(
        ({ mtimeMs }) => now - mtimeMs,
        () => 0,
      );
      if (age < SWEEP_AFTER_MS) return;
      const token = name.slice(0, -'.sock'.length);
      const watch = await watchOwner(directory, token);
      watch?.close();
      if (watch !== undefined) return;
      await remove(path);
      await remove(join(directory, `${token}.draft`));
    }),
  );
}

/** An error of a watcher's socket is its end, which `close` reports. */
function ignore(): void {}
