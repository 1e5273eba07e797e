import { afterEach, describe, expect, it } from 'vitest';
import type { TestClient } from '../../test/client.ts';
import { ManualTime } from '../../test/manual-time.ts';
import { openPaper, paperAccount } from '../../test/paper.ts';
import type { Sandbox } from '../sandbox-types.ts';

const opened: Sandbox[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

async function trader() {
  const ledger: Record<string, unknown>[] = [];
  const time = new ManualTime();
  const { sandbox, rest, connect } = await openPaper(
    [paperAccount('alice')],
    {
      ledger: (lines) => {
        for (const line of lines.trim().split('\n')) ledger.push(JSON.parse(line));
      },
    },
    time,
  );
  opened.push(sandbox);
  const token = (await rest[0]?.token()) ?? '';
  const client = await connect();
  client.subscribe({ channel: 'executions', token });
  await client.nextOf('executions');
  const order = { order_type: 'limit', side: 'buy', symbol: 'BTC/USD', order_qty: 0.001 };
  const place = (reqId: number): void => {
    const params = { ...order, limit_price: 10_000, token };
    client.send({ method: 'add_order', params, req_id: reqId });
  };
  return { sandbox, ledger, client, token, place };
}

const sequencesOf = (client: TestClient): number[] =>
  client.received
    .filter((text) => text.startsWith('{"channel":"executions"'))
    .map((text) => Number(/"sequence":(\d+)\}$/.exec(text)?.[1]));

async function settle(client: TestClient): Promise<void> {
  client.send({ method: 'ping', req_id: 77 });
  await client.next((text) => text.includes('"req_id":77'));
}

describe('an order', () => {
  it('is placed and its answer lost: the executions tell, and the ledger', async () => {
    const { sandbox, ledger, client, place } = await trader();
    sandbox.faults.inject({ kind: 'loseAck', method: 'add_order' });
    place(1);
    expect(await client.nextOf('executions')).toContain('"order_status":"pending_new"');
    await settle(client);
    expect(client.received.some((text) => text.includes('"req_id":1,'))).toBe(false);
    expect(ledger.find((line) => line['fault'] === 'loseAck')).toHaveProperty('madeNs');
    place(2);
    expect(await client.nextAnswer()).toContain('"method":"add_order","req_id":2,"result"');
  });

  it('is neither placed nor answered when its request is ignored', async () => {
    const { sandbox, client, place } = await trader();
    sandbox.faults.inject({ kind: 'ignore', method: 'add_order' });
    place(1);
    await settle(client);
    expect(sequencesOf(client)).toEqual([1]);
  });

  it.each([
    [{ kind: 'expiredToken' } as const, 'EAPI:Invalid token'],
    [
      { kind: 'refuse', method: 'add_order', error: 'EOrder:Insufficient funds' } as const,
      'EOrder:Insufficient funds',
    ],
  ])('is refused by %j', async (fault, error) => {
    const { sandbox, client, place } = await trader();
    sandbox.faults.inject(fault);
    place(1);
    expect(await client.nextAnswer()).toContain(
      `{"error":"${error}","method":"add_order","req_id":1,"success":false`,
    );
    expect(sequencesOf(client)).toEqual([1]);
  });
});

describe('the executions', () => {
  it('have a hole in their sequence where a message was dropped', async () => {
    const { sandbox, client, place } = await trader();
    sandbox.faults.inject({ kind: 'drop', channel: 'executions', type: 'update' });
    place(1);
    place(2);
    await settle(client);
    const sequences = sequencesOf(client);
    expect(sequences.slice(0, 2)).toEqual([1, 3]);
  });
});
