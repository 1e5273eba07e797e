/** Names of tables and keys, with the number of each table of an array. */
export type KeyPath = readonly (string | number)[];

/** Where a key, or the header of a table, stands. */
export interface KeyLine {
  readonly path: KeyPath;
  readonly line: number;
}

/** One name of a key, bare or quoted, and what stands around it. */
const NAME = /\s*(?:"((?:[^"\\\n]|\\.)*)"|'([^'\n]*)'|([\w-]+))\s*/y;
/** What a value is made of, as far as its end must be found: texts first, for they may hold anything. */
const PIECE =
  /"""(?:[^\\]|\\[\s\S])*?"{3,5}|'''[\s\S]*?'{3,5}|"(?:[^"\\\n]|\\.)*"|'[^'\n]*'|#[^\n]*|[[{]|[\]}]|\n|[^"'#[\]{}\n]+/y;

/**
 * The line of every key of a TOML text that a parser has taken. Keys of an inline table or an array
 * have the line of what they are in: parsers of TOML for Node say no places.
 */
export const keyLines = (text: string): KeyLine[] => {
  const found: KeyLine[] = [];
  const arrays = new Map<string, number>();
  let table: KeyPath = [];
  let at = 0;
  let line = 1;
  const skip = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const [match = ''] = pattern.exec(text) ?? [];
    at += match.length;
    line += match.split('\n').length - 1;
    return match;
  };
  const names = (): string[] => {
    const path: string[] = [];
    for (;;) {
      NAME.lastIndex = at;
      const match = NAME.exec(text);
      if (match === null) return path;
      path.push(match[1] ?? match[2] ?? match[3] ?? '');
      at += match[0].length;
      if (text[at] !== '.') return path;
      at += 1;
    }
  };
  for (;;) {
    skip(/(?:\s|#[^\n]*)*/y);
    if (at >= text.length) return found;
    const opening = skip(/\[{1,2}/y);
    const path = names();
    if (opening === '') {
      found.push({ path: [...table, ...path], line });
      skipValue(skip);
      // Past what no parser would have taken, for this to end.
      if (path.length === 0) skip(/[^\n]+/y);
      continue;
    }
    table = numbered(path, arrays, opening === '[[');
    found.push({ path: table, line });
    skip(/[^\n]*/y);
  }
};

/** To the end of the line on which the value ends. */
const skipValue = (skip: (pattern: RegExp) => string): void => {
  let depth = 0;
  for (;;) {
    const piece = skip(PIECE);
    if (piece === '' || (piece === '\n' && depth === 0)) return;
    if (piece === '[' || piece === '{') depth += 1;
    if (piece === ']' || piece === '}') depth -= 1;
  }
};

/** `feeds` of the second `[[feeds]]` is `feeds`, 1; and so it is in `[feeds.more]` behind it. */
const numbered = (
  names: readonly string[],
  arrays: Map<string, number>,
  isNew: boolean,
): KeyPath => {
  const path: (string | number)[] = [];
  names.forEach((name, index) => {
    path.push(name);
    const key = path.join('\0');
    const last = index === names.length - 1;
    const count = (arrays.get(key) ?? 0) + (isNew && last ? 1 : 0);
    if (count === 0) return;
    arrays.set(key, count);
    path.push(count - 1);
  });
  return path;
};
