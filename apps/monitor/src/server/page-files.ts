import { readFile } from 'node:fs/promises';
import { extname, join, normalize, sep } from 'node:path';

const TYPES: Readonly<Record<string, string>> = {
  '.css': 'text/css; charset=utf-8',
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export interface PageFile {
  readonly body: Buffer;
  readonly headers: Readonly<Record<string, string>>;
}

/** The built page's files, each read once. */
export class PageFiles {
  readonly #directory: string;
  readonly #files = new Map<string, PageFile>();

  constructor(directory: string) {
    this.#directory = directory;
  }

  /** `undefined`: there is none of that path. */
  async get(path: string): Promise<PageFile | undefined> {
    const name = path === '/' ? 'index.html' : normalize(path).replace(/^[/\\]+/, '');
    const type = TYPES[extname(name)];
    if (type === undefined || name.split(sep).includes('..')) return undefined;
    const known = this.#files.get(name);
    if (known !== undefined) return known;
    let body: Buffer;
    try {
      body = await readFile(join(this.#directory, name));
    } catch {
      return undefined;
    }
    // What stands in `assets` has its content's hash in its name.
    const isImmutable = name.startsWith(`assets${sep}`);
    const caching = isImmutable ? 'public, max-age=31536000, immutable' : 'no-cache';
    const file = { body, headers: { 'content-type': type, 'cache-control': caching } };
    this.#files.set(name, file);
    return file;
  }
}
