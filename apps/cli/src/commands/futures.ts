import type { Command } from 'commander';
import { examples, type Host } from '../host.ts';
import type { RawOptions } from '../raw/call.ts';
import { addRawOptions } from '../raw/options.ts';

const load = () => import('./futures/market.ts');

/** `kr futures [METHOD] PATH`: any path of Futures REST; and its market by name. */
export const define = (command: Command, host: Host): void => {
  addRawOptions(command)
    .usage('[options] <path...> | <command>')
    .addHelpText(
      'after',
      examples([
        ['kr futures tickers PF_XBTUSD', ''],
        ['kr futures /derivatives/api/v3/tickers/PF_XBTUSD', ''],
        ['kr futures GET /derivatives/api/v3/openorders', 'signed with your key of Futures'],
      ]),
    )
    .action(
      host.action<[string[]], RawOptions>(async () => {
        const { callRaw } = await import('../raw/call.ts');
        return (session, options, words) => callRaw('futures', session, options, words);
      }),
    );
  command
    .command('instruments')
    .description('the contracts')
    .argument('[symbols...]', 'those alone')
    .addHelpText('after', examples([['kr futures instruments PF_XBTUSD', '']]))
    .action(host.action<[string[]], object>(async () => (await load()).readInstruments));
  command
    .command('tickers')
    .description('prices, volume, open interest and funding')
    .argument('[symbols...]', 'those alone')
    .addHelpText('after', examples([['kr futures tickers PF_XBTUSD -o json', '']]))
    .action(host.action<[string[]], object>(async () => (await load()).readTickers));
  command
    .command('orderbook')
    .description('a book at one moment; this feed has no checksum')
    .argument('<symbol>', 'a contract: PF_XBTUSD')
    .addHelpText('after', examples([['kr futures orderbook PF_XBTUSD', '']]))
    .action(host.action<[string], object>(async () => (await load()).readOrderBook));
  command
    .command('history')
    .description('public trades')
    .argument('<symbol>', 'a contract: PF_XBTUSD')
    .option('--before <time>', 'the 100 before this: 2026-11-24T10:30:00Z')
    .addHelpText('after', examples([['kr futures history PF_XBTUSD', '']]))
    .action(host.action<[string], { before?: string }>(async () => (await load()).readHistory));
};
