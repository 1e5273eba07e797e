import { mkdtemp, open, rm, statfs } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { explainNonceError } from '@kr/auth';
import { spotLimits } from '@kr/rest';
import { explainError } from '../explain-error.ts';
import { bytes, elapsed } from '../output/numbers.ts';
import type { CommandResult, Row, TextView } from '../output/result.ts';
import { wrapWords } from '../output/wrap-words.ts';
import { createProgress } from '../progress.ts';
import type { Session } from '../session.ts';
import { readTime } from './market/time.ts';

interface Finding {
  readonly status: 'ok' | 'warning' | 'failed' | 'skipped';
  readonly finding: string;
  /** What to do. */
  readonly advice?: string;
}

const ok = (finding: string): Finding => ({ status: 'ok', finding });
const warning = (finding: string, advice: string): Finding => ({
  status: 'warning',
  finding,
  advice,
});
const failed = (finding: string, advice?: string): Finding => ({
  status: 'failed',
  finding,
  ...(advice === undefined ? {} : { advice }),
});

/** Nonces and one-time codes go by the clock; REST's `Time` has whole seconds. */
const MAX_SKEW_S = 2;
/** Of a modest market, some hours of recording. */
const LITTLE_SPACE = 1e9;

/** Looks at each thing by itself: what is wrong with one hides none of the others. */
export const examine = async (
  session: Session,
  { dir }: { readonly dir: string },
): Promise<CommandResult> => {
  const checks: readonly (readonly [name: string, check: () => Promise<Finding>])[] = [
    ['network and clock', () => clockOf(session)],
    ['trading engine', () => engineOf(session)],
    ['sockets', () => socketsOf(session)],
    ['key', () => keyOf(session)],
    ['nonces', () => noncesOf(session)],
    ['sockets with the key', () => tokensOf(session)],
    ['limits', () => limitsOf(session)],
    ['disk', () => diskOf(session, dir)],
  ];
  const progress = createProgress('looking', 'checks', session.io);
  const rows: CheckRow[] = [];
  for (const [check, look] of checks) {
    progress.at(rows.length, checks.length);
    rows.push({ check, ...(await attempt(look, session)) });
  }
  progress.end();
  const isWell = rows.every(({ status }) => status !== 'failed');
  return {
    columns: ['check', 'status', 'finding', 'advice'].map((key) => ({ key })),
    rows: rows.map((row) => ({ ...row })),
    text: (view) => rows.map((row) => formatRow(row, view)).join(''),
    exitCode: isWell ? 0 : 1,
  };
};

type CheckRow = Finding & { readonly check: string };

/** Of a status, a check, and what is between them. */
const INDENT = 32;

const formatRow = (
  { check, status, finding, advice = '' }: CheckRow,
  { style, width }: TextView,
): string => {
  const { good, notice, failure, faint } = style;
  const paint = { ok: good, warning: notice, failed: failure, skipped: faint }[status];
  const room = Math.max(24, width - INDENT);
  const [first = '', ...more] = wrapWords(finding, room);
  const rest = [...more, ...wrapWords(advice, room).map((line) => faint(line))];
  return [
    `${paint(status.padEnd(8))} ${check.padEnd(22)} ${first}\n`,
    ...rest.map((line) => `${' '.repeat(INDENT)}${line}\n`),
  ].join('');
};

const attempt = async (look: () => Promise<Finding>, { signal }: Session): Promise<Finding> => {
  try {
    return await look();
  } catch (error) {
    signal.throwIfAborted();
    const known = explainError(error);
    if (known === undefined) throw error;
    if (known.details.code === 'NO_CREDENTIALS') {
      return { status: 'skipped', finding: 'no key', advice: known.details.hint ?? '' };
    }
    return failed(known.message, known.details.hint);
  }
};

const clockOf = async (session: Session): Promise<Finding> => {
  const [row] = (await readTime(session)).rows as readonly Row[];
  const ahead = Number(row?.['clock_ahead_s']);
  const facts = `there and back in ${String(row?.['round_trip_ms'])} ms; the clocks differ by ${
    ahead === 0 ? 'less than a second' : `${Math.abs(ahead)} s`
  }`;
  return Math.abs(ahead) > MAX_SKEW_S
    ? failed(facts, 'Set the clock: timedatectl set-ntp true')
    : ok(facts);
};

const engineOf = async (session: Session): Promise<Finding> => {
  const client = await session.spot('public');
  const { status } = await client.systemStatus({}, { signal: session.signal });
  return status === 'online' ? ok(status) : warning(status, 'status.kraken.com says more.');
};

const socketsOf = async (session: Session): Promise<Finding> => {
  const client = await session.sockets('public');
  const { clock } = session.io;
  const startedNs = clock.monotonicNs();
  const params = { channel: 'ticker', symbol: ['BTC/USD'] } as const;
  for await (const _ of client.subscribe(
    { ...params, symbol: [...params.symbol] },
    { signal: session.signal },
  ))
    break;
  return ok(
    `data came ${(Number(clock.monotonicNs() - startedNs) / 1e6).toFixed(0)} ms after connecting began`,
  );
};

/** What Kraken's own page for keys calls a permission that moves money out. */
const WITHDRAW = 'withdraw-funds';

const keyInfo = async (session: Session) => {
  const client = await session.spot('private');
  return client.getApiKeyInfo({}, { signal: session.signal });
};

const keyOf = async (session: Session): Promise<Finding> => {
  const { apiKeyName, permissions } = await keyInfo(session);
  const facts = `"${apiKeyName}" may ${permissions.length === 0 ? 'nothing' : permissions.join(', ')}`;
  return permissions.includes(WITHDRAW)
    ? warning(facts, 'Nothing here withdraws: a key without that permission is safer.')
    : ok(facts);
};

const noncesOf = async (session: Session): Promise<Finding> => {
  const { nonce, nonceWindow } = await keyInfo(session);
  const seen = BigInt(nonce);
  const nowNs = session.io.clock.wallNs();
  if (seen > nowNs) {
    const { message, remedies } = explainNonceError({ sent: nowNs, seen, nowNs });
    return failed(message, remedies.join(' '));
  }
  const roomMs = Number((nowNs - seen) / 1_000_000n);
  return ok(`the last was ${elapsed(roomMs)} below the clock; window ${nonceWindow}`);
};

const tokensOf = async (session: Session): Promise<Finding> => {
  const client = await session.spot('private');
  const { expires } = await client.getWebSocketsToken({}, { signal: session.signal });
  return ok(`tokens are given, for ${expires} s`);
};

const limitsOf = ({ settings, simulated }: Session): Promise<Finding> => {
  const { rest, trading } = spotLimits(settings.tier);
  const where = simulated ? 'of Kraken; the sandbox has its own. ' : '';
  return Promise.resolve(
    ok(
      `${where}tier ${settings.tier}: private calls ${rest.max}, ${rest.decayPerSecond} a second come back; orders of a pair ${trading.max}, ${trading.decayPerSecond} a second`,
    ),
  );
};

const diskOf = async ({ io }: Session, dir: string): Promise<Finding> => {
  const folder = resolve(io.workingDirectory, dir);
  const { bavail, bsize } = await statfs(folder);
  const free = bavail * bsize;
  const syncMs = await timeOfSync(folder, io.clock);
  const facts = `${bytes(free)} free in ${folder}; a sync takes ${syncMs.toFixed(1)} ms`;
  return free < LITTLE_SPACE ? warning(facts, 'Make room before you record.') : ok(facts);
};

/** What is recorded is synced ten times a second. */
const timeOfSync = async (
  folder: string,
  clock: { readonly monotonicNs: () => bigint },
): Promise<number> => {
  const trial = await mkdtemp(join(folder, '.kr-doctor-'));
  try {
    const file = await open(join(trial, 'sync'), 'w');
    try {
      await file.write('kr');
      const startedNs = clock.monotonicNs();
      await file.datasync();
      return Number(clock.monotonicNs() - startedNs) / 1e6;
    } finally {
      await file.close();
    }
  } finally {
    await rm(trial, { recursive: true, force: true });
  }
};
