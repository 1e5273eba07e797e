import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { assertOrder, type NewOrder } from '@kr/rest';
import { parseJson, RawNumber } from '@kr/schemas/json';
import { confirm } from '../../confirm.ts';
import { CliError } from '../../errors.ts';
import type { CommandResult, Row } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { describeOrder } from './describe.ts';
import { openDesk } from './desk.ts';
import { exitCodeOf, rowOfOutcome } from './outcome.ts';

export interface BatchOptions {
  readonly validate?: boolean;
}

const LEAST = 2;
const MOST = 15;

/** 2 to 15 orders of one pair in one request; each has an outcome of its own. */
export const placeBatch = async (
  session: Session,
  { validate }: BatchOptions,
  name: string,
  file: string,
): Promise<CommandResult> => {
  const given = readOrders(await contentOf(file, session), file);
  const desk = await openDesk(session);
  const pair = desk.listing.pair(name);
  const orders = given.map((order) => ({ ...order, pair: pair.restId }));
  const signal = session.io.interrupted;
  const summaries = orders.map((order) => describeOrder(order, pair));
  if (validate === true) {
    const rows: Row[] = [];
    for (const [at, order] of orders.entries()) {
      await desk.orders.validate(order, { signal });
      rows.push({ status: 'valid', summary: summaries[at] });
    }
    return { columns: [{ key: 'status' }, { key: 'summary' }], rows };
  }
  const instrument = desk.instruments.get(pair.restId);
  for (const order of orders) if (instrument !== undefined) assertOrder(instrument, order);
  await confirm(summaries.join('\n'), session);
  const outcomes = await desk.orders.placeBatch(pair.restId, orders, { signal });
  return {
    columns: [
      { key: 'status' },
      { key: 'order_id' },
      { key: 'client_order_id' },
      { key: 'summary' },
      { key: 'error' },
    ],
    rows: outcomes.map((outcome, at) => ({ ...rowOfOutcome(outcome), summary: summaries[at] })),
    exitCode: exitCodeOf(outcomes),
    footer: outcomes.some(({ status }) => status === 'unknown')
      ? 'Unknown: it may rest or have traded. Ask: kr order find CLIENT_ORDER_ID'
      : undefined,
  };
};

const contentOf = (file: string, { io }: Session): Promise<string> =>
  file === '-' ? io.readStdin() : readFile(resolve(io.workingDirectory, file), 'utf8');

type BatchRow = Omit<NewOrder, 'pair'>;

/** Numbers keep the digits that were written. */
const readOrders = (text: string, file: string): BatchRow[] => {
  const wrong = (what: string, cause?: unknown): CliError =>
    new CliError('parse', `${file}: ${what}`, {
      hint: 'Write a list as in [{"type":"buy","ordertype":"limit","price":"30000","volume":"0.1"}, …].',
      cause,
    });
  let value: unknown;
  try {
    value = parseJson(text);
  } catch (error) {
    throw wrong(error instanceof Error ? error.message : 'no JSON', error);
  }
  if (!Array.isArray(value) || value.length < LEAST || value.length > MOST) {
    throw wrong(`it is no list of ${LEAST} to ${MOST} orders.`);
  }
  return value.map((row: object) =>
    Object.fromEntries(
      Object.entries(row).map(([key, cell]: [string, unknown]) => [
        key,
        cell instanceof RawNumber || typeof cell === 'number' ? String(cell) : cell,
      ]),
    ),
  ) as unknown as BatchRow[];
};
