import type { Execution, ExecutionsFrame } from '@kr/schemas';
import type { GapEvent, ReceivedAt } from '@kr/schemas/shared';
import type { LaneEvent } from '../client/client.ts';
import type { WsError } from '../errors.ts';
import type { AccountClient } from './account-client.ts';

/** Reports of one message, or of a snapshot: the open orders and the newest fills. */
export interface Reports {
  readonly rows: readonly Execution[];
  readonly isSnapshot: boolean;
  readonly lane: number;
  readonly receivedAt: ReceivedAt;
}

export interface ExecutionListener {
  readonly onReports: (reports: Reports) => void;
  /** What it said is lost. */
  readonly onUnreadable: (isSnapshot: boolean, lane: number) => void;
  /** A connection's reports are whole (no `loss`), or not any more. */
  readonly onLane: (event: Omit<LaneEvent, 'symbol'>) => void;
  readonly onGap: (gap: GapEvent) => void;
  readonly onEnded: (error: WsError | undefined) => void;
}

/** Where reports of one's own orders come from. */
export interface ExecutionSource {
  /** With so many fills in a snapshot there may be more. */
  readonly snapshotFills: number;
  /** Begins anew on one connection, with a snapshot, for what a message said is lost. */
  renew(lane: number, detail: string): void;
  close(): Promise<void>;
}

/** The channel `executions` of Spot v2 and Unified. */
export function executions(client: AccountClient, listener: ExecutionListener): ExecutionSource {
  const params = { channel: 'executions', snap_orders: true, snap_trades: true };
  const listening = client.listen(params, {
    onFrame: ({ frame, isSnapshot, lane }) => {
      const message = client.read(frame) as ExecutionsFrame | undefined;
      if (message === undefined) listener.onUnreadable(isSnapshot, lane);
      else {
        const { receivedAt } = frame;
        listener.onReports({ rows: message.data, isSnapshot, lane, receivedAt });
      }
    },
    onLane: listener.onLane,
    onGap: listener.onGap,
    onEnded: ({ error }) => {
      listener.onEnded(error);
    },
  });
  return {
    snapshotFills: 50,
    renew: (lane, detail) => {
      listening.renew(undefined, { lane, reason: 'drop', detail });
    },
    close: () => listening.close(),
  };
}
