import { Command } from 'commander';
import { type CatalogEntry, catalog } from './catalog.ts';
import { addGlobalOptions } from './global-options.ts';
import { helpFormat } from './help.ts';
import type { Host } from './host.ts';
import { version } from './version.ts';

/** Where commander's words go: its errors are printed by us, as all others are. */
export interface ProgramText {
  readonly out: (text: string) => void;
  readonly error: (text: string) => void;
}

const footer = `
Examples:
  kr start --duration 10s             record a local market, and prove the recording
  kr book BTC/USD ETH/USD             ladders, live and verified
  kr watch trades BTC/USD | head      NDJSON in a pipe
  kr spot /0/public/Time -o json      call any path
  kr --sandbox spot /0/private/Balance

Exit codes: 0 done · 1 not proved · 2 asked wrongly · 3 network · 4 disk · 5 key · 6 rate limit
            7 refused by the exchange · 8 outcome unknown · 130 interrupted`;

/** The tree of commands, in which those are whole for which `isWanted`; they need a host. */
export const buildProgram = async (
  host: Host | undefined,
  text: ProgramText,
  isWanted: (entry: CatalogEntry) => boolean,
): Promise<Command> => {
  const program = new Command('kr')
    .description('Kraken from the terminal: market data that can be proved, and safe orders.')
    .version(version)
    .usage('[options] <command>')
    .showSuggestionAfterError()
    .configureHelp(helpFormat)
    .exitOverride()
    .configureOutput({ writeOut: text.out, writeErr: text.out, outputError: text.error })
    .addHelpText('after', footer);
  addGlobalOptions(program);
  for (const entry of catalog) {
    const command = program.command(entry.name).helpGroup(entry.group).description(entry.summary);
    if (host !== undefined && isWanted(entry)) (await entry.load()).define(command, host);
  }
  return program;
};
