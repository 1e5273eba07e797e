import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { ChunkMaker } from '../server/chunk-maker.ts';
import { WireFrame } from './wire-frame.ts';

/** What a client makes of the bytes, sent by a server that does nothing but shake hands. */
async function received(bytes: Uint8Array, count = 1): Promise<string[]> {
  const server = createServer().listen(0, '127.0.0.1');
  server.on('upgrade', (request, socket) => {
    const accept = createHash('sha1')
      .update(`${request.headers['sec-websocket-key']}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`)
      .digest('base64');
    socket.write(
      `HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: ${accept}\r\n\r\n`,
    );
    socket.end(bytes);
  });
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  const client = new WebSocket(`ws://127.0.0.1:${port}`);
  const messages: string[] = [];
  client.on('message', (data: Buffer, isBinary: boolean) => {
    messages.push(isBinary ? 'binary' : data.toString('utf8'));
  });
  await once(client, 'close');
  server.close();
  expect(messages).toHaveLength(count);
  return messages;
}

describe('a frame on the wire', () => {
  it.each([0, 1, 125, 126, 127, 65_535, 65_536, 200_000])(
    'of %i bytes is read as it was written, made of text or of bytes',
    async (length) => {
      const text = 'x'.repeat(length);
      expect(await received(new WireFrame(text).framed)).toEqual([text]);
      expect(await received(new WireFrame(Buffer.from(text)).framed)).toEqual([text]);
    },
  );

  it('counts bytes and not characters', async () => {
    const frame = new WireFrame('{"price":"€ 5"}');
    expect(frame.bytes.length).toBe(17);
    expect(await received(frame.framed)).toEqual(['{"price":"€ 5"}']);
  });
});

describe('a chunk', () => {
  it('holds its frames in order, and is shared by those who are sent the same', async () => {
    const chunks = new ChunkMaker();
    const [a, b, c] = [new WireFrame('a'), new WireFrame('b'.repeat(300)), new WireFrame('c')];
    const chunk = chunks.make([a, b]);
    expect(await received(chunk, 2)).toEqual(['a', 'b'.repeat(300)]);
    expect(chunks.make([a, b])).toBe(chunk);
    expect(await received(chunks.make([a, c]), 2)).toEqual(['a', 'c']);
    expect(await received(chunks.make([a, b, c]), 3)).toHaveLength(3);
    expect(await received(chunks.make([c]))).toEqual(['c']);
  });
});
