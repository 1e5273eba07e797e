import { parseArgs } from 'node:util';
import type { ReplaySourceOptions } from '../replay/replay-source.ts';
import { LIMITS, type LimitsName } from '../server/limits.ts';
import type { HeartbeatMode } from '../server/liveness.ts';
import type { SyntheticSourceOptions } from '../synthetic/synthetic-source.ts';

export const USAGE = `kr-sandbox: a local Kraken (Spot, Futures and Unified sockets, REST) on 127.0.0.1

  --port N            port to listen on; default 0, a free one
  --host ADDR         address to listen on; default 127.0.0.1
  --allow-remote      let other machines in, if the address does
  --tls               wss and https; prints where the authority to trust is
  --seed TEXT         seed of the synthetic market; default 1
  --symbols A,B|N     markets by name, or the first N of up to 1500; default five
  --accounts N        paper accounts, whose keys are printed; each has 100,000 of every money and about
                      as much worth of every coin; default none
  --rate N            book updates a second over all symbols; default 50
  --futures-rate N    the same over all contracts; default 50
  --replay FILE       replay a capture (NDJSON or a recording) instead
  --speed N|max       times the captured pace, or as fast as clients read; default 1
  --loop              begin the capture again at its end
  --close-at-end      close connections at the end of the capture
  --heartbeats MODE   steady: every second (default); quiet: a second after the last frame
  --time-speed N      times as fast as the clock; 0: it stands still until POST /sandbox/time; default 1
  --limits NAME       local (default), standard, pro or none: what a client may ask for, and how fast;
                      with standard and pro accounts have the exchange's REST and order limits too
  --ledger FILE       append one JSON line for each frame sent
  --help              show this

Prints one JSON line with its url, and runs until SIGINT or SIGTERM.
`;

/** What the command line asks for. */
export interface BinOptions {
  readonly port: number;
  readonly host: string | undefined;
  readonly allowRemote: boolean;
  readonly tls: boolean;
  readonly source: SyntheticSourceOptions | ReplaySourceOptions;
  readonly accountCount: number | undefined;
  readonly futures: { readonly rate: number | undefined };
  readonly heartbeats: HeartbeatMode;
  readonly timeSpeed: number;
  readonly limits: LimitsName;
  readonly ledger: string | undefined;
}

const FLAGS = {
  port: { type: 'string', default: '0' },
  host: { type: 'string' },
  'allow-remote': { type: 'boolean', default: false },
  tls: { type: 'boolean', default: false },
  seed: { type: 'string' },
  symbols: { type: 'string' },
  accounts: { type: 'string' },
  rate: { type: 'string' },
  'futures-rate': { type: 'string' },
  replay: { type: 'string' },
  speed: { type: 'string' },
  loop: { type: 'boolean' },
  'close-at-end': { type: 'boolean' },
  heartbeats: { type: 'string', default: 'steady' },
  'time-speed': { type: 'string', default: '1' },
  limits: { type: 'string', default: 'local' },
  ledger: { type: 'string' },
  help: { type: 'boolean' },
} as const;

/** Reads the flags; `help` when they ask for it. Throws an `Error` whose message says which flag is wrong. */
export function readOptions(argv: readonly string[]): BinOptions | 'help' {
  const values = readArgs(argv);
  if (values.help === true) return 'help';
  const { replay, heartbeats } = values;
  if (heartbeats !== 'quiet' && heartbeats !== 'steady') {
    throw new Error(`--heartbeats is "${heartbeats}": give quiet or steady`);
  }
  const { limits } = values;
  if (!isLimitsName(limits)) {
    throw new Error(`--limits is "${limits}": give ${Object.keys(LIMITS).join(', ')}`);
  }
  const timeSpeed = readNumber('time-speed', values['time-speed']);
  const port = readNumber('port', values.port);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new Error(`--port is ${port}: give a whole number from 0 to 65535`);
  }
  const ofReplay = ['speed', 'loop', 'close-at-end'] as const;
  const ofMarket = ['seed', 'symbols', 'rate', 'futures-rate'] as const;
  for (const flag of replay === undefined ? ofReplay : ofMarket) {
    if (values[flag] !== undefined) {
      throw new Error(
        replay === undefined
          ? `--${flag} is about a replay: give --replay FILE too`
          : `--${flag} is about the synthetic market, and --replay takes its place`,
      );
    }
  }
  const source: SyntheticSourceOptions | ReplaySourceOptions =
    replay === undefined
      ? {
          kind: 'synthetic',
          seed: values.seed ?? '1',
          symbols: readSymbols(values.symbols),
          rate: values.rate === undefined ? undefined : readNumber('rate', values.rate),
        }
      : {
          kind: 'replay',
          path: replay,
          speed: values.speed === 'max' ? 'max' : readNumber('speed', values.speed ?? '1'),
          loop: values.loop,
          closeAtEnd: values['close-at-end'],
        };
  return {
    port,
    host: values.host,
    allowRemote: values['allow-remote'],
    tls: values.tls,
    source,
    accountCount: readCount(values.accounts),
    futures: {
      rate:
        values['futures-rate'] === undefined
          ? undefined
          : readNumber('futures-rate', values['futures-rate']),
    },
    heartbeats,
    timeSpeed,
    limits,
    ledger: values.ledger,
  };
}

/** The flags by name. Throws for what is none, in words of our own. */
function readArgs(argv: readonly string[]) {
  try {
    return parseArgs({ args: argv.flatMap(joined), options: FLAGS }).values;
  } catch (error) {
    throw new Error(ofNode(error), { cause: error });
  }
}

const isValue = (text = ''): boolean => /^-\.?\d/.test(text);

/** A number below 0 is a value, and no flag: `--time-speed -1` is read as `--time-speed=-1`. */
function joined(argument: string, at: number, argv: readonly string[]): string[] {
  if (isValue(argument) && argv[at - 1]?.startsWith('--') === true) return [];
  const next = argv[at + 1];
  return argument.startsWith('--') && isValue(next) ? [`${argument}=${next}`] : [argument];
}

/** What `parseArgs` says, without its advice for its own callers. */
function ofNode(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error);
  const [, unknown] = /^Unknown option '(.+?)'/.exec(message) ?? [];
  if (unknown !== undefined) return `there is no flag ${unknown}`;
  const [, stray] = /^Unexpected argument '(.*?)'\./s.exec(message) ?? [];
  if (stray !== undefined) return `"${stray}" belongs to no flag`;
  const [, empty] =
    /'(--[\w-]+)(?: <value>)?' (?:argument missing|argument is ambiguous)/.exec(message) ?? [];
  if (empty !== undefined) return `${empty} needs a value behind it`;
  const [, full] = /'(--[\w-]+)' does not take an argument/.exec(message) ?? [];
  return full === undefined ? message : `${full} takes no value`;
}

function readSymbols(text: string | undefined): SyntheticSourceOptions['symbols'] {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : text?.split(',');
}

const MAX_ACCOUNTS = 1_000;

function readCount(text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  const count = readNumber('accounts', text);
  if (Number.isInteger(count) && count >= 1 && count <= MAX_ACCOUNTS) return count;
  throw new Error(`--accounts is ${count}: give a whole number from 1 to ${MAX_ACCOUNTS}`);
}

function isLimitsName(name: string): name is LimitsName {
  return Object.hasOwn(LIMITS, name);
}

function readNumber(flag: string, text: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value)) {
    throw new Error(`--${flag} is "${text}": give a number`);
  }
  return value;
}
