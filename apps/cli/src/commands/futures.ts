import type { Command } from 'commander';
import { examples, type Host } from '../host.ts';
import type { RawOptions } from '../raw/call.ts';
import { addRawOptions } from '../raw/options.ts';

/** `kr futures [METHOD] PATH`: any path of Futures REST. */
export const define = (command: Command, host: Host): void => {
  addRawOptions(command)
    .addHelpText(
      'after',
      examples([
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
};
