import { parseArgs } from 'node:util';
import type { Table } from './toml.ts';

export const USAGE = `kr-recorder [--config FILE] [--out DIRECTORY] [OPTIONS] [SYMBOL…]

Records Kraken's feeds until SIGTERM or SIGINT, then closes the recording. A symbol may be a pattern,
as in '*/USD'. What flags say goes before what the file says.

  --config FILE          settings in TOML; every flag below is a key of it
  --out DIRECTORY        the recording; one that exists is continued
  --url WS_URL           one address for all; default: Kraken's hosts
  --rest URL             where REST is; default: Kraken's, or that of a sandbox's --url
  --protocol NAME        spot-v2 (default), spot-v1, futures-v1 or unified
  --source SOURCE        live (default) or sandbox, which is marked as simulated
  --symbols-file FILE    a symbol or a pattern a line
  --csv FILE:COLUMN      the symbols in a column of a CSV file
  --top N                the N largest pairs by what they traded in 24 hours, in USD
  --exclude A,B          none of these; patterns, too
  --channels A,B         instead of instrument, book, trade and ticker
  --depth N[,N]          of book: 10 (default), 25, 100, 500 or 1000
  --interval N[,N]       of ohlc, in minutes: 1 (default), 5, 15, 30, 60, 240, 1440…
  --redundancy 1|2       connections for the same; with 2 the loss of either leaves no gap
  --fsync-ms N           what a power cut may cost; default 100
  --port N               /metrics and /health on 127.0.0.1; 0 for a free port
  --log-level LEVEL      debug, info (default), warn or error
  --check                say whether the settings are right, and stop
  --help                 show this

One JSON line on stdout says when it is recording, and one at the end what it took; the log is on stderr.
SIGHUP reads the symbols again. Exit code: 0 closed, 1 it could not go on, 2 the settings are wrong.
`;

/** What a command line asks for, as a table of the file would say it. */
export interface Flags {
  readonly config: string | undefined;
  readonly check: boolean;
  readonly table: Table;
  /** The flag that a key came from. */
  readonly flagOf: (path: readonly PropertyKey[]) => string | undefined;
  /** Of feeds that the file or the defaults name. */
  readonly depth: unknown;
  readonly interval: unknown;
}

/** @throws Error that names the flag */
export const parseFlags = (argv: readonly string[]): Flags | 'help' => {
  const { values, positionals } = parseArgs({
    args: [...argv],
    allowPositionals: true,
    options: {
      config: { type: 'string' },
      out: { type: 'string' },
      url: { type: 'string' },
      rest: { type: 'string' },
      source: { type: 'string' },
      protocol: { type: 'string' },
      'symbols-file': { type: 'string' },
      csv: { type: 'string' },
      top: { type: 'string' },
      exclude: { type: 'string' },
      channels: { type: 'string' },
      depth: { type: 'string' },
      interval: { type: 'string' },
      redundancy: { type: 'string' },
      'fsync-ms': { type: 'string' },
      port: { type: 'string' },
      'log-level': { type: 'string' },
      check: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) return 'help';
  const flags = new Map<string, string>();
  const from = (path: string, flag: string): void => void flags.set(path, flag);
  const table: Record<string, unknown> = {};
  const set = (flag: string, path: readonly string[], value: unknown): void => {
    if (value === undefined) return;
    from(path.join('.'), flag);
    let at = table;
    for (const key of path.slice(0, -1)) at = (at[key] ??= {}) as Record<string, unknown>;
    at[path.at(-1) ?? ''] = value;
  };
  for (const name of ['out', 'url', 'rest', 'source', 'protocol'] as const)
    set(`--${name}`, [name], values[name]);
  set('--redundancy', ['redundancy'], number(values.redundancy));
  set('--fsync-ms', ['journal', 'fsync_ms'], number(values['fsync-ms']));
  set('--port', ['http', 'port'], number(values.port));
  set('--log-level', ['log', 'level'], values['log-level']);
  if (positionals.length > 0) set('SYMBOL', ['symbols', 'list'], positionals);
  set('--symbols-file', ['symbols', 'file'], values['symbols-file']);
  set('--csv', ['symbols', 'csv'], values.csv === undefined ? undefined : readCsv(values.csv));
  set('--top', ['symbols', 'top'], number(values.top));
  set('--exclude', ['symbols', 'exclude'], split(values.exclude));
  const channels = split(values.channels);
  set(
    '--channels',
    ['feeds'],
    channels?.map((channel) => ({ channel })),
  );
  return {
    config: values.config,
    check: values.check,
    table,
    depth: split(values.depth)?.map(number),
    interval: split(values.interval)?.map(number),
    flagOf: (path) => {
      if (path[0] === 'feeds' && (path[2] === 'depth' || path[2] === 'interval')) {
        if (values[path[2]] !== undefined) return `--${path[2]}`;
      }
      for (let length = path.length; length > 0; length -= 1) {
        const flag = flags.get(path.slice(0, length).map(String).join('.'));
        if (flag !== undefined) return flag;
      }
      return undefined;
    },
  };
};

const split = (text: string | undefined): string[] | undefined =>
  text
    ?.split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');

/** What is no number stays a text, so that it is refused in the same words as one in the file. */
const number = (text: string | undefined): unknown =>
  text === undefined || text.trim() === '' || Number.isNaN(Number(text)) ? text : Number(text);

const readCsv = (text: string): { file: string; column: string } => {
  const at = text.lastIndexOf(':');
  if (at < 1) throw new Error(`--csv is "${text}": give FILE:COLUMN, as in pairs.csv:symbol`);
  return { file: text.slice(0, at), column: text.slice(at + 1) };
};
