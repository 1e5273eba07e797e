import { createEnding } from '../../ending.ts';
import { CliError } from '../../errors.ts';
import { showLiveTable } from '../../live-table.ts';
import type { CommandResult } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { resolveSymbols } from '../../symbols/resolve.ts';
import type { Watched, WatchName, WatchOptions } from './watched.ts';

const findChannel = async (name: WatchName, protocol: 'v1' | 'v2'): Promise<Watched> => {
  if (protocol === 'v1') {
    const [{ v1Market }, { v1Book }] = await Promise.all([
      import('./v1-market.ts'),
      import('./v1-book.ts'),
    ]);
    const found = { ...v1Market, book: v1Book }[name as 'ticker' | 'trades' | 'ohlc' | 'book'];
    if (found !== undefined) return found;
    throw new CliError('validation', `v1 has no ${name}.`, {
      hint: 'Leave --protocol out; of v1 there are ticker, trades, ohlc and book.',
    });
  }
  if (name === 'book' || name === 'level3') return (await import('./v2-books.ts'))[name];
  if (name === 'executions' || name === 'balances') return (await import('./v2-account.ts'))[name];
  return (await import('./v2-market.ts'))[name];
};

/** A channel as it goes on: rows, and on a terminal a table of them. */
export const watch = async (
  name: WatchName,
  session: Session,
  options: WatchOptions,
  names: readonly string[],
): Promise<CommandResult> => {
  const { protocol, save } = options;
  const channel = await findChannel(name, protocol);
  const symbols = await resolveSymbols(session, names, name === 'balances' ? 'asset' : protocol);
  const ending = createEnding(options, session);
  const { terminal } = session.io;
  const isLookedAt = terminal !== undefined && (session.settings.output ?? 'table') === 'table';
  const notes: string[] = [];
  let failure: unknown;
  const opened = await channel.open({
    session,
    options,
    symbols,
    signal: ending.signal,
    isLookedAt,
    note: (text) => {
      if (isLookedAt) notes.push(text);
      else session.note(text);
    },
    fail: (error) => {
      failure ??= error;
      ending.end();
    },
  });
  const counted = ending.rows(opened);
  const rows =
    save === undefined
      ? counted
      : (await import('./save-ticker.ts')).savedTicker(
          counted,
          protocol,
          save === true ? '.' : save,
          session,
        );
  const { columns, keys } = channel;
  const title = `${name}${protocol === 'v1' ? ' (v1)' : ''} ${symbols.join(', ')}`.trim();
  return {
    columns,
    rows,
    isStream: true,
    live: (view) =>
      showLiveTable({ title, columns, keys, rows, notes, onQuit: ending.end }, view, session),
    afterwards: async () => {
      if (failure !== undefined) throw failure;
      ending.check();
    },
  };
};
