import type { Command } from 'commander';
import { examples, type Host } from '../host.ts';
import type { RawOptions } from '../raw/call.ts';
import { addRawOptions } from '../raw/options.ts';

/** `kr spot [METHOD] PATH`: any path of Spot REST. */
export const define = (command: Command, host: Host): void => {
  addRawOptions(command)
    .addHelpText(
      'after',
      examples([
        ['kr spot /0/public/Time', ''],
        ['kr spot "/0/public/Trades?pair=XBTUSD&count=2" -o json', ''],
        ['kr spot POST /0/private/Balance', 'signed with your key'],
        [`kr spot /0/private/Ledgers -d '{"type":"trade"}'`, 'parameters as JSON'],
        ['kr spot /0/private/Ledgers -d type=trade -d ofs=50', '… or as a form'],
      ]),
    )
    .action(
      host.action<[string[]], RawOptions>(async () => {
        const { callRaw } = await import('../raw/call.ts');
        return (session, options, words) => callRaw('spot', session, options, words);
      }),
    );
};
