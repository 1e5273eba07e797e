import { type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { WebSocket } from 'ws';

interface Server {
  readonly child: ChildProcess;
  readonly url: string;
}

/** The book frames of a server as the lines of a capture; the server is ended. */
export async function captureFrom({ child, url }: Server, frames: number): Promise<string> {
  const lines: string[] = [];
  const socket = new WebSocket(url);
  const enough = new Promise<void>((resolve) => {
    socket.on('message', (data: Buffer) => {
      const text = data.toString('utf8');
      if (text.startsWith('{"channel":"book"') && lines.push(text) === frames) resolve();
    });
  });
  await once(socket, 'open');
  socket.send('{"method":"subscribe","params":{"channel":"book","symbol":["BTC/USD"],"depth":10}}');
  await enough;
  socket.terminate();
  child.kill();
  return `${lines.slice(0, frames).join('\n')}\n`;
}

/** The symbols that a server has. */
export async function symbolsOf(url: string): Promise<string[]> {
  const socket = new WebSocket(url);
  await once(socket, 'open');
  socket.send('{"method":"subscribe","params":{"channel":"instrument"}}');
  for (;;) {
    const [data] = (await once(socket, 'message')) as [Buffer];
    const message = JSON.parse(String(data)) as {
      channel?: string;
      data: { pairs: readonly { symbol: string }[] };
    };
    if (message.channel !== 'instrument') continue;
    socket.terminate();
    return message.data.pairs.map(({ symbol }) => symbol);
  }
}
