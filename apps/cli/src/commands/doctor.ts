import type { Command } from 'commander';
import { examples, type Host } from '../host.ts';

/** `kr doctor`: whether everything that `kr` needs is there. */
export const define = (command: Command, host: Host): void => {
  command
    .option('--dir <directory>', 'where recordings are to go', '.')
    .addHelpText(
      'after',
      `
Exit code: 0 all is well (or a warning), 1 something is not.`,
    )
    .addHelpText(
      'after',
      examples([
        ['kr doctor', 'clock, network, sockets, key and its permissions, nonces, limits, disk'],
        ['kr doctor --dir /var/recordings -o json', ''],
      ]),
    )
    .action(
      host.action<[], { dir: string }>(async () => (await import('./doctor-run.ts')).examine),
    );
};
