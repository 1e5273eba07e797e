import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { books } from '../src/book/index.ts';
import { createClient } from '../src/index.ts';

/** What a page does: keeps verified books of public data, and tells what it saw. */
async function main(url: string): Promise<string> {
  const client = createClient({ url, clock: createSystemClock(), timers: createSystemTimers() });
  const feed = books(client, { symbol: ['BTC/USD', 'ETH/USD'], depth: 25 });
  const results = await feed.results;
  for await (const _ of feed) if (feed.stats.verified > 30) break;
  const trades = client.subscribe({ channel: 'trade', symbol: ['BTC/USD'], snapshot: true });
  const { value } = await trades.next();
  const { verified, mismatched, malformed } = feed.stats;
  await client.close();
  return JSON.stringify({
    subscribed: results.filter(({ success }) => success).length,
    isVerified: verified > 30,
    wrong: mismatched + malformed,
    trade: value?.type,
    ended: feed.get('BTC/USD').status,
  });
}

declare const SANDBOX_URL: string;

main(SANDBOX_URL)
  .catch((error: unknown) => (error instanceof Error ? String(error.stack) : String(error)))
  .then((body) => fetch('/result', { method: 'POST', body }))
  .catch(() => undefined);
