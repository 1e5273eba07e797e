import { link, readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isCode, remove } from './remove-file.node.ts';

/** What a turn's file says. */
export interface TurnRecord {
  /** 1, 2, 3…: the highest one is the turn that counts. */
  readonly generation: number;
  /** `undefined`: the file is unreadable, as a power cut may leave it. */
  readonly nonce: bigint | undefined;
  /** The token of the store that holds the turn; `undefined`: it was over at once, or is over now. */
  readonly owner: string | undefined;
}

interface Listing {
  readonly turns: readonly number[];
  readonly highest: number;
  readonly over: ReadonlySet<number>;
}

const TURN_FILE = /^(\d+)\.(turn|over)$/;

/**
 * Turns as numbered files in a directory: `7.turn` says who has turn 7 and its nonce, and never
 * changes; `7.over` says that it ended. No number is used twice, which is what makes taking over
 * from a dead holder safe: the highest file is never deleted, the next number is created by `link`,
 * which one process alone can win, and whoever then finds a number higher than its own (because it
 * had looked at an old list) gives way.
 */
export class TurnFiles {
  readonly #directory: string;
  readonly #draft: string;

  /** @param token Unique among all stores of the directory. */
  constructor(directory: string, token: string) {
    this.#directory = directory;
    this.#draft = join(directory, `${token}.draft`);
  }

  /** The turn that counts; `undefined` in an empty directory. */
  async top(): Promise<TurnRecord | undefined> {
    for (;;) {
      const { highest, over } = await this.#list();
      if (highest === 0) return undefined;
      try {
        const record = parseRecord(highest, await readFile(this.#path(highest, 'turn'), 'utf8'));
        return over.has(highest) ? { ...record, owner: undefined } : record;
      } catch (error) {
        // A higher turn was taken meanwhile, and this one's file swept away: look again.
        if (!isCode(error, 'ENOENT')) throw error;
      }
    }
  }

  /** Takes the turn of this number; false when somebody else has it, or a higher one. */
  async claim(record: TurnRecord): Promise<boolean> {
    const path = this.#path(record.generation, 'turn');
    await this.#draftRecord(record);
    try {
      await link(this.#draft, path);
    } catch (error) {
      if (isCode(error, 'EEXIST')) return false;
      throw error;
    }
    const { turns, highest, over } = await this.#list();
    if (highest > record.generation) {
      await remove(path);
      return false;
    }
    const past = turns.filter((generation) => generation < record.generation);
    await Promise.all([
      ...past.map((generation) => remove(this.#path(generation, 'turn'))),
      ...[...over].map((generation) => remove(this.#path(generation, 'over'))),
    ]);
    return true;
  }

  /** Ends a turn that was claimed with an owner. */
  async release(generation: number): Promise<void> {
    await writeFile(this.#path(generation, 'over'), '', { mode: 0o600 });
  }

  async close(): Promise<void> {
    await remove(this.#draft);
  }

  async #draftRecord({ nonce, owner }: TurnRecord): Promise<void> {
    // A fresh file each time: the old draft is still linked as the turn before.
    await remove(this.#draft);
    const text = JSON.stringify({ nonce: String(nonce), owner });
    await writeFile(this.#draft, text, { mode: 0o600, flag: 'wx' });
  }

  async #list(): Promise<Listing> {
    const turns: number[] = [];
    const over = new Set<number>();
    for (const name of await readdir(this.#directory)) {
      const match = TURN_FILE.exec(name);
      if (match?.[2] === 'turn') turns.push(Number(match[1]));
      else if (match !== null) over.add(Number(match[1]));
    }
    return { turns, over, highest: Math.max(0, ...turns) };
  }

  #path(generation: number, kind: 'turn' | 'over'): string {
    return join(this.#directory, `${generation}.${kind}`);
  }
}

function parseRecord(generation: number, text: string): TurnRecord {
  try {
    const { nonce, owner } = JSON.parse(text) as { nonce: string; owner?: string };
    return { generation, nonce: BigInt(nonce), owner };
  } catch {
    return { generation, nonce: undefined, owner: undefined };
  }
}
