import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { get as getPlain } from 'node:http';
import { get } from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';
import { createSystemClock, createSystemTimers } from '@kr/schemas/shared';
import { afterEach, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { createSandbox } from '../sandbox.ts';
import type { Sandbox, SandboxOptions } from '../sandbox-types.ts';
import { createTlsIdentity } from './certificate.ts';

const opened: Sandbox[] = [];

afterEach(async () => {
  await Promise.all(opened.splice(0).map((sandbox) => sandbox.close()));
});

function make(options: Partial<SandboxOptions>): Sandbox {
  const sandbox = createSandbox({
    source: { kind: 'synthetic', seed: 1, symbols: ['BTC/USD'] },
    clock: createSystemClock(),
    timers: createSystemTimers(),
    ...options,
  });
  opened.push(sandbox);
  return sandbox;
}

const upgrade = {
  connection: 'Upgrade',
  upgrade: 'websocket',
  'sec-websocket-version': '13',
  'sec-websocket-key': 'AAAAAAAAAAAAAAAAAAAAAA==',
};

describe('a sandbox with TLS', () => {
  it('is reached by those who trust its authority, and by nobody else', async () => {
    const { url, httpUrl, ca } = await make({ tls: true }).listen();
    expect(url).toMatch(/^wss:\/\/127\.0\.0\.1:\d+\/v2$/);
    const socket = new WebSocket(url, { ca });
    const [frame] = (await once(socket, 'message')) as [Buffer];
    expect(String(frame)).toContain('"channel":"status"');
    socket.terminate();
    const [error] = (await once(new WebSocket(url), 'error')) as [NodeJS.ErrnoException];
    expect(error.code).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    expect(httpUrl).toBe(url.replace('wss', 'https').replace('/v2', ''));
  });

  it('is reached over https by a program that was only pointed at the authority', async () => {
    const { httpUrl, ca = '' } = await make({ tls: true }).listen();
    const directory = mkdtempSync(join(tmpdir(), 'kr-ca-'));
    const path = join(directory, 'ca.pem');
    writeFileSync(path, ca);
    const script = `fetch('${httpUrl}/sandbox/stats').then((r) => r.json()).then((s) => console.log(s.simulated), (e) => console.log(e.cause.code))`;
    const run = async (env: object): Promise<string> => {
      const { stdout } = await promisify(execFile)(process.execPath, ['-e', script], {
        env: { ...process.env, ...env },
      });
      return stdout.trim();
    };
    expect(await run({ NODE_EXTRA_CA_CERTS: path })).toBe('true');
    expect(await run({})).toBe('UNABLE_TO_VERIFY_LEAF_SIGNATURE');
    rmSync(directory, { recursive: true });
  });

  it('can reset a connection as one without', async () => {
    const sandbox = make({ tls: true });
    const { port, ca } = await sandbox.listen();
    const request = get({ host: '127.0.0.1', port, path: '/v2', headers: upgrade, ca });
    const [, socket] = (await once(request, 'upgrade')) as [unknown, TLSSocket];
    socket.resume();
    const error = once(socket, 'error');
    sandbox.faults.inject({ kind: 'reset' });
    expect(await error).toMatchObject([{ code: 'ECONNRESET' }]);
  });
});

describe('the certificate', () => {
  it('is by an authority of its own for loopback and the host, and says that it is simulated', async () => {
    const { ca, cert, key } = await createTlsIdentity(['192.0.2.7', 'sandbox.test']);
    const [authority, leaf] = [new X509Certificate(ca), new X509Certificate(cert)];
    expect(leaf.verify(authority.publicKey)).toBe(true);
    expect(authority.ca).toBe(true);
    expect(leaf.ca).toBe(false);
    expect(leaf.subject).toContain('kr sandbox (simulated');
    for (const host of ['127.0.0.1', '::1', '192.0.2.7']) expect(leaf.checkIP(host)).toBe(host);
    for (const host of ['localhost', 'sandbox.test']) expect(leaf.checkHost(host)).toBe(host);
    expect(leaf.checkHost('ws.kraken.com')).toBeUndefined();
    expect(key).toContain('PRIVATE KEY');
    expect((await createTlsIdentity()).ca).not.toBe(ca);
  });
});

describe('the address', () => {
  it.each(['0.0.0.0', '::', '192.0.2.7', 'example.org'])(
    '%s is refused unless it is allowed twice',
    async (host) => {
      await expect(make({ host }).listen()).rejects.toMatchObject({
        code: 'NOT_LOOPBACK',
        message: expect.stringContaining(`${host} is not of loopback`),
      });
    },
  );

  it.each(['localhost', '127.0.0.1', '127.0.0.2'])('%s is of loopback', async (host) => {
    const { url } = await make({ host }).listen();
    const socket = new WebSocket(url);
    const [frame] = (await once(socket, 'message')) as [Buffer];
    expect(String(frame)).toContain('"channel":"status"');
    socket.terminate();
  });

  it.each([
    [{}, 200],
    [{ host: '192.0.2.7:80' }, 200],
    [{ host: '[2001:db8::1]' }, 200],
    [{ host: 'evil.example' }, 403],
    [{ origin: 'http://192.0.2.7' }, 403],
    [{ origin: 'http://localhost:5173' }, 200],
  ])('of all machines is served with %o: %i', async (headers, expected) => {
    const { port, url } = await make({ host: '0.0.0.0', allowRemote: true }).listen();
    expect(url).toBe(`ws://127.0.0.1:${port}/v2`);
    for (const path of ['/sandbox/stats', '/0/public/Time']) {
      const status = await new Promise((resolve, reject) => {
        getPlain({ host: '127.0.0.1', port, path, headers }, (response) => {
          response.resume();
          resolve(response.statusCode);
        }).on('error', reject);
      });
      expect(status).toBe(expected);
    }
  });
});
