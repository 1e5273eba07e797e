import { type Command, Option } from 'commander';
import { parseDuration } from './duration.ts';
import { type OutputFormat, outputFormats } from './output/formats.ts';

/** What every command takes, before or after its own name. */
export interface GlobalOptions {
  readonly output?: OutputFormat;
  readonly sandbox?: boolean;
  readonly sandboxUrl?: string;
  readonly config?: string;
  readonly profile?: string;
  readonly keyFile?: string;
  readonly apiKey?: string;
  readonly apiSecret?: string;
  readonly otp?: string;
  readonly timeout?: number;
  readonly yes?: boolean;
}

export const addGlobalOptions = (program: Command): void => {
  program
    .addOption(new Option('-o, --output <format>', 'how to print it').choices([...outputFormats]))
    .option('--sandbox', 'a local Kraken instead: the one that runs, or one for this command')
    .option('--sandbox-url <url>', 'the local Kraken at this address of 127.0.0.1')
    .option('--config <file>', 'the settings (default: ~/.config/kr/config.toml)')
    .option('--profile <name>', 'a key of the profiles file')
    .option('--key-file <file>', 'the key on line 1, its secret on line 2; - for stdin')
    .option('--api-key <key>', 'the key itself; other programs can see it')
    .option('--api-secret <secret>', 'its secret; other programs can see it')
    .option('--otp <code>', 'the one-time password of a key that asks for one')
    .option('--timeout <time>', 'for one request, e.g. 10s', parseDuration)
    .option('-y, --yes', 'do not ask before something is changed');
};

/** The long options that take a value, for those who look at the words before commander does. */
const withValue = new Set([
  '-o',
  '--output',
  '--sandbox-url',
  '--config',
  '--profile',
  '--key-file',
  '--api-key',
  '--api-secret',
  '--otp',
  '--timeout',
]);

/** The words of a command line that are neither options nor their values. */
export const commandWords = (argv: readonly string[]): string[] =>
  argv.filter((word, at) => !word.startsWith('-') && !withValue.has(argv[at - 1] ?? ''));

/** Whether a script reads the answer, told before anything is parsed. */
export const wantsJson = (argv: readonly string[]): boolean => {
  const at = argv.findLastIndex((word) => /^(?:-o|--output)/.test(word));
  const [, joined = argv[at + 1] ?? ''] = /^(?:-o|--output)=?(.+)$/.exec(argv[at] ?? '') ?? [];
  return at >= 0 && /^(?:nd)?json$/.test(joined);
};
