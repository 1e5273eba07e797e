import { confirm } from '../../confirm.ts';
import { exitCodes } from '../../exit-codes.ts';
import { explainError } from '../../explain-error.ts';
import { type CommandResult, type Row, recordResult } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { idParams } from './desk.ts';
import { findOpen } from './find.ts';
import { withOrderId } from './outcome.ts';

export interface CancelOptions {
  readonly validate?: boolean;
}

/** Cancels one after the other; what cannot be cancelled does not keep the others. */
export const cancelOrders = async (
  session: Session,
  { validate }: CancelOptions,
  ids: readonly string[],
): Promise<CommandResult> => {
  const client = await session.spot('private');
  const signal = session.io.interrupted;
  if (validate !== true) await confirm(`cancel ${ids.join(', ')}`, session);
  const rows: (Row & { exitCode: number })[] = [];
  for (const id of ids) {
    try {
      if (validate === true) {
        await findOpen(client, id, signal);
        rows.push({ order: id, status: 'open', exitCode: 0 });
      } else {
        const { count, pending } = await withOrderId(id, () =>
          client.cancelOrder(idParams(id), { signal }),
        );
        const status = pending === true ? 'pending' : 'cancelled';
        rows.push({ order: id, status, count, exitCode: 0 });
      }
    } catch (error) {
      const known = explainError(error);
      // Alone, it is told as every error is.
      if (known === undefined || ids.length === 1) throw error;
      const { message, details, exitCode } = known;
      const status = details.outcomeUnknown === true ? 'unknown' : 'refused';
      rows.push({ order: id, status, error: message, exitCode });
    }
  }
  return {
    columns: [{ key: 'order' }, { key: 'status' }, { key: 'error' }],
    rows: rows.map(({ exitCode: _exitCode, ...row }) => row),
    exitCode: worstOf(rows.map(({ exitCode }) => exitCode)),
  };
};

/** Unknown before everything else: it is what must not be passed over. */
const worstOf = (codes: readonly number[]): number =>
  codes.includes(exitCodes.unknown) ? exitCodes.unknown : Math.max(0, ...codes);

export const cancelAll = async (
  session: Session,
  { validate }: CancelOptions,
): Promise<CommandResult> => {
  const client = await session.spot('private');
  const signal = session.io.interrupted;
  if (validate === true) {
    const { open } = await client.openOrders({}, { signal });
    return recordResult({ status: 'valid', open: Object.keys(open).length });
  }
  await confirm('cancel every open order', session);
  const { count, pending } = await client.cancelAll({}, { signal });
  return recordResult({ status: pending === true ? 'pending' : 'cancelled', count });
};
