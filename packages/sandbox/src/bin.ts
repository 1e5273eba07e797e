#!/usr/bin/env node
import { once } from 'node:events';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { run } from './bin/run.ts';

process.exitCode = await run(process.argv.slice(2), {
  clock: createSystemClock(),
  timers: createSystemTimers(),
  out: (text) => process.stdout.write(text),
  talk: (text) => process.stderr.write(text),
  untilSignal: Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]),
});
