import { request } from 'node:http';
import { Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { errorFacts } from '../errors.ts';
import type { RecorderStatus } from '../recorder-status.ts';
import { healthOf } from './health.ts';
import { serveOperation } from './http.ts';
import { createLog } from './log.ts';
import { createMetrics } from './metrics.ts';

const mark = { records: 2, frames: 1, bytes: 3, segment: 1, wallNs: undefined };
const status: RecorderStatus = {
  state: 'open',
  frames: 7,
  bytes: 70,
  symbols: 2,
  checksums: { matched: 5, mismatched: 1 },
  gaps: 3,
  gapsByReason: { disconnect: 2, resync: 1 },
  connections: [
    { connectionId: 1, state: 'open', subscriptions: 2 },
    { connectionId: 2, state: 'reconnecting', subscriptions: 1 },
  ],
  subscriptions: { book: 2, instrument: 1 },
  journal: {
    frames: 7,
    gaps: 3,
    bytes: 70,
    segment: 4,
    written: mark,
    durable: mark,
    syncs: 9,
    synchronousWrites: 0,
    waitingBytes: 11,
    dropped: 0,
  },
  pauses: 0,
  lagMs: 250,
};

const ask = (port: number, path: string, headers: Record<string, string> = {}, method = 'GET') =>
  new Promise<{ status: number | undefined; body: string }>((resolve, reject) => {
    const call = request({ host: '127.0.0.1', port, path, headers, method }, (response) => {
      let body = '';
      response.setEncoding('utf8').on('data', (text: string) => {
        body += text;
      });
      response.on('end', () => resolve({ status: response.statusCode, body }));
    });
    call.on('error', reject).end();
  });

const upkeep = {
  reloads: 1,
  reloadFailures: 2,
  derivedSegments: 0,
  deletedSegments: 0,
  upkeepFailures: 0,
};

describe('metrics', () => {
  it('are what the recorder says now, however often they are read', async () => {
    let now = status;
    const registry = createMetrics(() => now, upkeep);
    await registry.metrics();
    now = { ...status, frames: 8, gapsByReason: {}, lagMs: undefined };
    const text = await registry.metrics();
    for (const line of [
      'kr_recorder_frames_total 8',
      'kr_recorder_durable_frames_total 1',
      'kr_recorder_checksums_total{result="mismatched"} 1',
      'kr_recorder_connections{state="reconnecting"} 1',
      'kr_recorder_connections{state="stale"} 0',
      'kr_recorder_subscriptions{channel="book"} 2',
      'kr_recorder_reloads_total{result="failed"} 2',
      'kr_recorder_waiting_bytes 11',
    ]) {
      expect(text.split('\n')).toContain(line);
    }
    expect(text).not.toMatch(/^kr_recorder_(?:gaps_total|lag_seconds)[ {]/m);
    expect(text).toMatch(/^process_resident_memory_bytes \d+$/m);
  });
});

describe('healthOf', () => {
  it('is healthy only while everything records', () => {
    const open = { ...status, connections: status.connections.slice(0, 1) };
    const started = { started: true, failure: undefined };
    expect(healthOf(open, started).status).toBe('recording');
    expect(healthOf(status, started)).toMatchObject({
      status: 'degraded',
      reason: 'a connection is reconnecting',
    });
    expect(healthOf(open, { ...started, started: false }).status).toBe('starting');
    const failure = new Error('the disk is full');
    expect(healthOf(open, { started: true, failure })).toMatchObject({
      status: 'failed',
      reason: 'the disk is full',
    });
  });
});

describe('the server of metrics and health', () => {
  it('answers programs on this machine, and nobody in the name of another host', async () => {
    const registry = new Registry();
    let started = true;
    await using server = await serveOperation(0, registry, () =>
      healthOf({ ...status, connections: [] }, { started, failure: undefined }),
    );
    const { port } = server;
    expect(await ask(port, '/health?x')).toMatchObject({
      status: 200,
      body: expect.stringContaining('"status":"recording"'),
    });
    started = false;
    expect((await ask(port, '/health')).status).toBe(503);
    expect((await ask(port, '/metrics')).status).toBe(200);
    expect(await ask(port, '/metrics', {}, 'HEAD')).toEqual({ status: 200, body: '' });
    expect((await ask(port, '/metrics', {}, 'POST')).status).toBe(405);
    expect((await ask(port, '/')).status).toBe(404);
    expect((await ask(port, '/metrics', { host: 'evil.example' })).status).toBe(403);
    expect((await ask(port, '/metrics', { origin: 'https://evil.example' })).status).toBe(403);
    await expect(
      serveOperation(port, registry, () => healthOf(status, { started, failure: undefined })),
    ).rejects.toMatchObject({
      code: 'PORT_IN_USE',
      message: expect.stringContaining(`Port ${port}`),
    });
  });
});

describe('the log', () => {
  it('is a JSON object a line, without secrets and without stacks', () => {
    const lines: string[] = [];
    const log = createLog('info', { write: (line) => void lines.push(line) });
    const error = Object.assign(new Error('no space'), { code: 'WRITE_FAILED' });
    log.debug('not this');
    log.warn({ event: 'x', token: 'hidden-1', about: { api_secret: 'hidden-2', fine: 1 } }, 'said');
    log.error({ event: 'failed', ...errorFacts(error) }, 'stopped');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      {
        level: 'warn',
        time: expect.stringMatching(/^\d{4}-.*Z$/),
        event: 'x',
        token: '[redacted]',
        about: { api_secret: '[redacted]', fine: 1 },
        msg: 'said',
      },
      expect.objectContaining({ level: 'error', code: 'WRITE_FAILED', err: 'no space' }),
    ]);
  });
});
