import type { Clock, Timers } from '@kr/schemas/shared';
import { isSandboxError } from '../errors.ts';
import { createSandbox } from '../sandbox.ts';
import { createSandboxTime } from '../time/sandbox-time.ts';
import { makeAccounts } from './accounts.ts';
import { writeCaFile } from './ca-file.ts';
import { openLedgerFile } from './ledger-file.ts';
import { readOptions, USAGE } from './options.ts';

/** What the command has of the process. */
export interface BinIo {
  readonly clock: Clock;
  readonly timers: Timers;
  /** Data: one JSON line. */
  readonly out: (text: string) => void;
  /** Talk. */
  readonly talk: (text: string) => void;
  /** Resolves when the process is asked to end. */
  readonly untilSignal: Promise<unknown>;
}

/** Runs the command until a signal; answers its exit code: 0, 1 (it could not be done) or 2 (the flags are wrong). */
export async function run(argv: readonly string[], io: BinIo): Promise<number> {
  let options: ReturnType<typeof readOptions>;
  try {
    options = readOptions(argv);
  } catch (error) {
    io.talk(`kr-sandbox: ${messageOf(error)}\nkr-sandbox --help shows the flags\n`);
    return 2;
  }
  if (options === 'help') {
    io.out(USAGE);
    return 0;
  }
  let ledger: ReturnType<typeof openLedgerFile> | undefined;
  let caFile: ReturnType<typeof writeCaFile> | undefined;
  try {
    ledger = options.ledger === undefined ? undefined : openLedgerFile(options.ledger);
    const { clock, timers } = io;
    const time = createSandboxTime({ clock, timers, speed: options.timeSpeed });
    const accounts = await makeAccounts(options.accountCount, options.source);
    await using sandbox = createSandbox({
      ...options,
      accounts,
      ledger: ledger?.sink,
      clock: time,
      timers: time,
    });
    const { url, v1Url, futuresUrl, unified, port, httpUrl, ca } = await sandbox.listen();
    if (ca !== undefined) caFile = writeCaFile(ca);
    if (options.allowRemote) {
      io.talk(
        `kr-sandbox: whoever reaches ${httpUrl} from another machine can do all that you can\n`,
      );
    }
    const line = {
      url,
      v1Url,
      futuresUrl,
      unified,
      port,
      simulated: true,
      source: options.source.kind,
      control: `${httpUrl}/sandbox`,
      ca: caFile?.path,
      // Fake by form, and good for this process alone: a client has to know them.
      accounts: accounts?.map(({ key, secret, futures }) => ({
        key,
        secret,
        futures: futures && { key: futures.key, secret: futures.secret },
      })),
    };
    io.out(`${JSON.stringify(line)}\n`);
    await io.untilSignal;
    const { lastLedgerError } = sandbox.stats;
    if (lastLedgerError !== undefined) {
      io.talk(`kr-sandbox: the ledger could not be written: ${lastLedgerError}\n`);
      return 1;
    }
    return 0;
  } catch (error) {
    io.talk(`kr-sandbox: ${messageOf(error)}\n`);
    return isOfFlags(error) ? 2 : 1;
  } finally {
    ledger?.close();
    caFile?.remove();
  }
}

/** What a sandbox that is made with wrong flags says. */
function isOfFlags(error: unknown): boolean {
  return (
    isSandboxError(error, 'INVALID_OPTION') ||
    isSandboxError(error, 'UNKNOWN_SYMBOL') ||
    isSandboxError(error, 'NOT_LOOPBACK')
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
