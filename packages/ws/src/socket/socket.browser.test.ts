import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { ScriptedServer } from '../../test/scripted-server.ts';
import type { Disconnect } from './disconnect.ts';
import { CAN_PAUSE, openSocket } from './socket.browser.ts';

// The `ws` package's client has the standard's interface, so it stands in for a browser's here.
let server: ScriptedServer;

beforeEach(async () => {
  vi.stubGlobal('WebSocket', WebSocket);
  server = await ScriptedServer.listen();
});
afterEach(async () => {
  vi.unstubAllGlobals();
  await server.close();
});

function open(url: string) {
  const told: string[] = [];
  let wake: (() => void) | undefined;
  const tell = (what: string): void => {
    told.push(what);
    wake?.();
  };
  const socket = openSocket(
    { url, headers: {}, maxFrameBytes: 1000 },
    {
      opened: () => {
        tell('opened');
      },
      message: (bytes) => {
        tell(new TextDecoder().decode(bytes));
      },
      ended: (disconnect: Disconnect) => {
        tell(JSON.stringify(disconnect));
      },
    },
  );
  const until = async (count: number): Promise<string[]> => {
    while (told.length < count) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
    }
    return told;
  };
  return { socket, until };
}

describe('the browser’s socket', () => {
  it('opens, sends, receives text and bytes, and closes', async () => {
    const { socket, until } = open(server.url);
    await until(1);
    socket.send('{"method":"ping","req_id":1}');
    await until(2);
    server.peer.socket.send(Buffer.from('Ωmega'));
    await until(3);
    expect(socket.bufferedBytes).toBe(0);
    socket.pause();
    socket.resume();
    socket.close(1000, '');
    expect(await until(4)).toStrictEqual([
      'opened',
      '{"method":"pong","req_id":1}',
      'Ωmega',
      '{"kind":"close","code":1000,"reason":""}',
    ]);
    expect(CAN_PAUSE).toBe(false);
  });

  it('knows no more than that a connection could not be opened', async () => {
    server.refusals.push({ status: 403 });
    const { until } = open(server.url);
    expect(await until(1)).toStrictEqual([
      '{"kind":"network","message":"the connection could not be opened (a browser does not say why)"}',
    ]);
  });

  it('can be cut', async () => {
    const { socket, until } = open(server.url);
    await until(1);
    socket.terminate();
    await server.until(() => server.peer.socket.readyState !== WebSocket.OPEN);
    expect(server.peer.socket.readyState).not.toBe(WebSocket.OPEN);
  });
});

describe('what a browser loads', () => {
  it('is free of Node', () => {
    const imports = new Set<string>();
    const seen = new Set<string>();
    const walk = (file: string): void => {
      if (seen.has(file)) return;
      seen.add(file);
      const source = readFileSync(join(import.meta.dirname, '..', file), 'utf8');
      for (const [, isType, path] of source.matchAll(
        /^(?:import|export)( type)?[^;]*?from '([^']+)';$/gms,
      )) {
        if (isType !== undefined || path === undefined) continue;
        if (path === '#socket') walk('socket/socket.browser.ts');
        else if (path.startsWith('.')) walk(join(dirname(file), path));
        else imports.add(path);
      }
    };
    walk('index.ts');
    expect(seen.size).toBeGreaterThan(20);
    expect([...imports].toSorted()).toStrictEqual([
      '@kr/schemas',
      '@kr/schemas/json',
      '@kr/schemas/shared',
    ]);
  });
});
