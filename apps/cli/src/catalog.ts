import type { Command } from 'commander';
import type { Host } from './host.ts';

/** A command as the overview has it; what it takes is loaded when it is called. */
export interface CatalogEntry {
  readonly name: string;
  readonly group: string;
  readonly summary: string;
  /** Adds its arguments, options, subcommands and examples. */
  readonly load: () => Promise<{ define(command: Command, host: Host): void }>;
}

const RECORD = 'Record and prove:';
const RAW = 'Any endpoint:';
const SHELL = 'Your shell:';

/** Everything `kr` can do. */
export const catalog: readonly CatalogEntry[] = [
  {
    name: 'start',
    group: RECORD,
    summary: 'record a market, and say at the end whether every byte of it is right',
    load: () => import('./commands/start.ts'),
  },
  {
    name: 'verify',
    group: RECORD,
    summary: 'prove a recording, a segment of one, or an NDJSON file of raw frames',
    load: () => import('./commands/verify.ts'),
  },
  {
    name: 'book',
    group: RECORD,
    summary: 'print a ladder whose checksum was verified',
    load: () => import('./commands/book.ts'),
  },
  {
    name: 'spot',
    group: RAW,
    summary: 'call any path of Spot REST',
    load: () => import('./commands/spot.ts'),
  },
  {
    name: 'futures',
    group: RAW,
    summary: 'call any path of Futures REST',
    load: () => import('./commands/futures.ts'),
  },
  {
    name: 'sandbox',
    group: RECORD,
    summary: 'run a local Kraken for --sandbox, until Ctrl-C',
    load: () => import('./commands/sandbox.ts'),
  },
  {
    name: 'completion',
    group: SHELL,
    summary: 'print the completions of bash, zsh or fish',
    load: () => import('./commands/completion.ts'),
  },
];
