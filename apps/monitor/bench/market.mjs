// The market and the monitor of a bench, in a process of their own: prints the page's address.
// Arguments: book messages a second over four symbols, levels a side, times as fast as the clock.
import { createLiveSource, createMonitor } from '@kr/monitor';
import { createSandbox, createSandboxTime } from '@kr/sandbox';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';

const [rate = '800', depth = '1000', speed = '1'] = process.argv.slice(2);
const clock = createSystemClock();
const timers = createSystemTimers();
const symbols = ['BTC/USD', 'ETH/USD', 'SOL/USD', 'PEPE/USD'];
const time = createSandboxTime({ clock, timers, speed: Number(speed) });
const sandbox = createSandbox({
  source: { kind: 'synthetic', seed: 1, symbols, rate: Number(rate) },
  clock: time,
  timers: time,
});
const { url } = await sandbox.listen();
const source = createLiveSource({
  ...{ url, kind: 'sandbox', title: 'Sandbox', symbols, depth: Number(depth) },
  ...{ clock, timers },
});
const monitor = await createMonitor({ source, clock, timers });
process.stdout.write(`${monitor.url}\n`);
process.once('SIGTERM', () => {
  void monitor.close().then(() => sandbox.close());
});
