import { parse, TomlError } from 'smol-toml';
import { type KeyPath, keyLines } from './toml-lines.ts';

export type Table = Readonly<Record<string, unknown>>;

/** What a TOML file says, and where it says it. */
export interface TomlDocument {
  readonly table: Table;
  /** The line of the nearest key that stands in the file on the way to this one; 1 for the whole. */
  readonly lineOf: (path: readonly PropertyKey[]) => number;
}

/** A file that is no TOML: the line, and what is wrong there. */
export interface TomlFault {
  readonly line: number;
  readonly reason: string;
}

export const parseToml = (text: string): TomlDocument | TomlFault => {
  let table: Table;
  try {
    table = parse(text);
  } catch (error) {
    if (!(error instanceof TomlError)) throw error;
    const [reason = ''] = error.message.split('\n');
    return { line: error.line, reason };
  }
  const lines = new Map(keyLines(text).map(({ path, line }) => [keyOf(path), line]));
  return {
    table,
    lineOf: (path) => {
      for (let length = path.length; length > 0; length -= 1) {
        const line = lines.get(keyOf(path.slice(0, length)));
        if (line !== undefined) return line;
      }
      return 1;
    },
  };
};

const keyOf = (path: KeyPath | readonly PropertyKey[]): string => path.map(String).join('\0');
