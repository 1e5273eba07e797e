import type { GapEvent } from '@kr/schemas/shared';
import { afterEach, expect, it } from 'vitest';
import { ManualTime } from '../../test/manual-time.ts';
import { type Peer, ScriptedServer } from '../../test/scripted-server.ts';
import { createFuturesV1Client } from '../futures-v1/index.ts';
import { createSpotV1Client } from '../spot-v1/index.ts';

type Asked = Readonly<Record<string, unknown>>;

const opened: AsyncDisposable[] = [];
afterEach(async () => {
  for (const one of opened.splice(0).toReversed()) await one[Symbol.asyncDispose]();
});

/** A server that speaks a v1, and what it was asked for. */
async function serve(answer: (asked: Asked, peer: Peer, count: number) => void) {
  const server = await ScriptedServer.listen();
  opened.push({ [Symbol.asyncDispose]: () => server.close() });
  const asked: Asked[] = [];
  server.answer = (request, peer) => {
    const message = request as unknown as Asked;
    if (message['event'] === 'ping') return;
    asked.push(message);
    answer(message, peer, asked.length);
  };
  return { server, asked };
}

function common(time: ManualTime, gaps: string[]) {
  return {
    clock: time,
    timers: time,
    random: () => 0.5,
    onGap: ({ reason, detail, to }: GapEvent) =>
      gaps.push(`${reason} ${to === undefined ? 'opens' : 'closes'}: ${detail ?? ''}`),
  };
}

/** Moves time on until it is so. */
async function until(time: ManualTime, isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 2000 && !isSo(); turn += 1) {
    await time.advance(50);
    await new Promise(setImmediate);
  }
  expect(isSo()).toBe(true);
}

const statusOf = (status: string, more: object = {}) => ({
  event: 'subscriptionStatus',
  channelName: 'spread',
  pair: 'XBT/USD',
  status,
  subscription: { name: 'spread' },
  ...more,
});

it('asks again on Spot v1 for what the exchange has unsubscribed by itself, and tells the hole', async () => {
  const time = new ManualTime();
  const gaps: string[] = [];
  const { server, asked } = await serve(({ reqid }, peer) => {
    peer.send(statusOf('subscribed', { reqid }));
  });
  const client = createSpotV1Client({ ...common(time, gaps), url: server.url });
  opened.push(client);
  await client.subscribe({ channel: 'spread', symbol: ['XBT/USD'] }).results;
  server.peer.send(statusOf('unsubscribed'));
  await until(time, () => gaps.length === 2);
  expect(asked.map(({ event }) => event)).toStrictEqual(['subscribe', 'subscribe']);
  expect(gaps).toStrictEqual([
    'resync opens: the exchange has unsubscribed it',
    'resync closes: the exchange has unsubscribed it',
  ]);
  expect(client.subscriptions[0]?.lanes[0]).toMatchObject({ status: 'active' });
});

it('names why on Spot v1 where the exchange takes it no more', async () => {
  const time = new ManualTime();
  const gaps: string[] = [];
  const { server } = await serve(({ reqid }, peer, count) => {
    const errorMessage = 'Currency pair not supported XBT/USD';
    peer.send(
      count === 1 ? statusOf('subscribed', { reqid }) : statusOf('error', { reqid, errorMessage }),
    );
  });
  const client = createSpotV1Client({ ...common(time, gaps), url: server.url });
  opened.push(client);
  await client.subscribe({ channel: 'spread', symbol: ['XBT/USD'] }).results;
  server.peer.send(statusOf('error', { errorMessage: 'Pair halted' }));
  const lane = () => client.subscriptions[0]?.lanes[0];
  await until(time, () => lane()?.status === 'rejected');
  expect(lane()?.error).toBe('Currency pair not supported XBT/USD');
  expect(gaps).toStrictEqual(['resync opens: Pair halted']);
});

it('asks again on futures v1, and leaves alone what is not subscribed', async () => {
  const time = new ManualTime();
  const gaps: string[] = [];
  const { server, asked } = await serve(({ event, feed, product_ids }, peer) => {
    peer.send({ event: `${String(event)}d`, feed, product_ids });
  });
  const client = createFuturesV1Client({ ...common(time, gaps), url: server.url });
  opened.push(client);
  await client.subscribe({ channel: 'ticker', symbol: ['PF_XBTUSD'] }).results;
  const end = { event: 'unsubscribed', feed: 'ticker' };
  server.peer.send({ ...end, product_ids: ['PF_ETHUSD'] }, { ...end, product_ids: ['PF_XBTUSD'] });
  await until(time, () => gaps.length === 2);
  expect(asked).toHaveLength(2);
});
