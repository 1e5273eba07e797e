import type { CommandResult, Row } from '../../output/result.ts';
import type { Session } from '../../session.ts';
import { loadListing } from '../../symbols/listing.ts';
import { isoOfSeconds } from '../../times.ts';

export const readPositions = async (session: Session): Promise<CommandResult> => {
  const client = await session.spot('private');
  const { signal } = session;
  const listing = await loadListing(client, signal);
  const bodies = await client.openPositions({ docalcs: true }, { signal });
  // Without `consolidation` it is never a list.
  const rows: Row[] = Object.entries(Array.isArray(bodies) ? {} : bodies).map(([id, body]) => ({
    id,
    pair: listing.find(body.pair)?.symbol ?? body.pair,
    side: body.type,
    quantity: body.vol,
    closed: body.vol_closed,
    cost: body.cost,
    value: body.value,
    net: body.net,
    margin: body.margin,
    fee: body.fee,
    opened: isoOfSeconds(body.time),
  }));
  return {
    columns: [
      { key: 'id' },
      { key: 'pair' },
      { key: 'side' },
      ...['quantity', 'closed', 'cost', 'value', 'net', 'margin', 'fee'].map(
        (key) => ({ key, align: 'decimal' }) as const,
      ),
      { key: 'opened' },
    ],
    rows,
    empty: 'no open position',
  };
};
