/**
 * The number printed for a top-level key of a JSON object, digit for digit, `undefined` when there is
 * none. `JSON.parse` rounds an integer past 2^53 and the exchange repeats a `req_id` as it came.
 * `text` must be valid JSON. The last one wins where a key stands twice, as in `JSON.parse`.
 */
export function topLevelNumber(text: string, key: string): string | undefined {
  const number = /-?\d[\d.eE+-]*/y;
  let depth = 0;
  let found: string | undefined;
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '{' || character === '[') depth += 1;
    else if (character === '}' || character === ']') depth -= 1;
    else if (character === '"') {
      const end = stringEnd(text, at);
      const colon = skipSpace(text, end);
      if (
        depth === 1 &&
        text[colon] === ':' &&
        (JSON.parse(text.slice(at, end)) as string) === key
      ) {
        number.lastIndex = skipSpace(text, colon + 1);
        found = number.exec(text)?.[0];
      }
      at = end - 1;
    }
  }
  return found;
}

function stringEnd(text: string, quote: number): number {
  let at = quote + 1;
  while (text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at + 1;
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (text[at] === ' ' || text[at] === '\t' || text[at] === '\n' || text[at] === '\r') at += 1;
  return at;
}
