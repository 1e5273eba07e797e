// Records heartbeats until it is killed, and says on stdout (synchronously) what is safe so far.
import { writeSync } from 'node:fs';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { createJournalWriter } from '../dist/index.js';

const [directory, maxBytes] = process.argv.slice(2);
const clock = createSystemClock();
const writer = await createJournalWriter({
  directory,
  header: { source: 'sandbox', url: 'ws://127.0.0.1', subscriptions: [] },
  clock,
  timers: createSystemTimers(),
  rotate: { maxBytes: Number(maxBytes) },
});
const connectionId = writer.nextConnectionId;
let sequence = 0;

function step() {
  for (let count = 0; count < 200; count += 1) {
    const bytes = Buffer.from(`{"channel":"heartbeat","n":${sequence}}`);
    const receivedAt = { wallNs: clock.wallNs(), monotonicNs: clock.monotonicNs() };
    writer.append({ receivedAt, connectionId, sequence, bytes });
    sequence += 1;
  }
  const { durable, written } = writer.stats;
  const counts = { appended: sequence, written: written.frames, durable: durable.frames };
  const said = { connectionId, ...counts, wallMs: Number(clock.wallNs() / 1_000_000n) };
  writeSync(1, `${JSON.stringify(said)}\n`);
  setTimeout(step, 1);
}
step();
