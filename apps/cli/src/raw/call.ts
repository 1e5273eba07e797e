import { confirm } from '../confirm.ts';
import { CliError } from '../errors.ts';
import type { CommandResult, Row } from '../output/result.ts';
import type { Session } from '../session.ts';
import { endpointOf, loadEndpoints } from './endpoint-of.ts';
import { prettyJson } from './pretty-json.ts';
import { fitTypes, readData } from './read-data.ts';

export interface RawOptions {
  readonly data?: readonly string[];
}

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

const HOSTS = { spot: 'https://api.kraken.com', futures: 'https://futures.kraken.com' } as const;

const METHODS: Readonly<Record<'spot' | 'futures', readonly string[]>> = {
  spot: ['GET', 'POST'],
  futures: ['GET', 'POST', 'PUT', 'DELETE'],
};

/** Calls one path and gives its answer as it is: decimals are texts, with the digits of the wire. */
export const callRaw = async (
  venue: 'spot' | 'futures',
  session: Session,
  { data = [] }: RawOptions,
  words: readonly string[],
): Promise<CommandResult> => {
  const { method: asked, target } = readWords(venue, words);
  const { path, query } = readTarget(venue, target);
  const endpoint = endpointOf(await loadEndpoints(venue), asked, path);
  const isPrivatePath = path.startsWith('/0/private/');
  const method = asked ?? endpoint?.method ?? (isPrivatePath ? 'POST' : 'GET');
  const given = { ...(await readData([query, ...data], session.io)), ...endpoint?.pathParams };
  const params = endpoint === undefined ? given : fitTypes(given, endpoint);
  const access = endpoint?.access ?? (path.startsWith('/0/public/') ? 'public' : 'private');
  if (endpoint?.mutates ?? method !== 'GET') {
    await confirm(`${method} ${path} ${JSON.stringify(given)}`, session);
  }
  const request = [endpoint?.path ?? path, params as never, { signal: session.signal }] as const;
  const answer =
    venue === 'spot'
      ? await (await session.spot(access)).request(method as 'GET' | 'POST', ...request)
      : await (await session.futures(access)).request(method as Method, ...request);
  return resultOf(answer);
};

const readWords = (
  venue: 'spot' | 'futures',
  words: readonly string[],
): { method: string | undefined; target: string } => {
  const [first = '', second] = words;
  if (second === undefined) return { method: undefined, target: first };
  const method = first.toUpperCase();
  if (METHODS[venue].includes(method)) return { method, target: second };
  throw new CliError('validation', `"${first}" is no method.`, {
    hint: `Give ${METHODS[venue].join(', ')}, or the path alone.`,
  });
};

/** A path, or the whole address at the venue's own host: another one is never sent a key. */
const readTarget = (venue: 'spot' | 'futures', target: string): { path: string; query: string } => {
  const origin = HOSTS[venue];
  const url = URL.canParse(target, origin) ? new URL(target, origin) : undefined;
  if (url === undefined || url.origin !== origin || !/^(?:\/|https:)/.test(target)) {
    throw new CliError('validation', `"${target}" is no path of ${origin}.`, {
      hint: venue === 'spot' ? 'As in /0/public/Time.' : 'As in /derivatives/api/v3/tickers.',
    });
  }
  return { path: url.pathname, query: url.search.slice(1) };
};

/** CSV and NDJSON have rows where the answer is a list of objects. */
const resultOf = (answer: unknown): CommandResult => {
  const document = answer instanceof Uint8Array ? Buffer.from(answer).toString('base64') : answer;
  const rows = Array.isArray(document) ? document.filter(isRow) : isRow(document) ? [document] : [];
  const keys = new Set(rows.flatMap((row) => Object.keys(row)));
  return {
    columns: [...keys].map((key) => ({ key })),
    rows,
    document,
    text: () => `${prettyJson(document)}\n`,
  };
};

const isRow = (value: unknown): value is Row =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
