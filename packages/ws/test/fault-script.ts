import { Harness } from './harness.ts';
import {
  acknowledge,
  bookUpdate,
  type Peer,
  type Request,
  ScriptedServer,
  STATUS,
} from './scripted-server.ts';

/** What went wrong in a script; empty when all is well. */
export interface ScriptOutcome {
  readonly faults: readonly string[];
  readonly disconnects: number;
  readonly frames: number;
}

const SYMBOLS = ['A/USD', 'B/USD', 'C/USD', 'D/USD'];

/**
 * Plays a seeded series of faults against a connection over real sockets, in time that only the
 * script moves, and checks what must hold after any of them: every frame the server got out is there
 * once and in order, every change of socket has its hole, and the whole intent ends acknowledged.
 */
export async function playFaults(random: () => number, steps: number): Promise<ScriptOutcome> {
  const server = await ScriptedServer.listen();
  const sent = new Map<Peer, string[]>();
  const pick = (below: number): number => Math.floor(random() * below);
  let price = 0;
  const send = (peer: Peer, text: string): void => {
    sent.set(peer, [...(sent.get(peer) ?? []), text]);
    peer.send(text);
  };
  server.answer = (request, peer) => {
    answer(request, recordingPeer(peer, send), random);
  };
  const harness = new Harness({
    url: server.url,
    random,
    requestTimeoutMs: 500,
    subscribeTries: 1000,
  });
  const { connection } = harness;
  const wanted = new Set<string>();

  const flow = async (): Promise<void> => {
    const before = harness.frames.length;
    const count = 1 + pick(5);
    for (let index = 0; index < count; index += 1) {
      price += 1;
      send(server.peer, bookUpdate(SYMBOLS[pick(4)] ?? '', String(price)));
    }
    await harness.until(() => harness.frames.length >= before + count);
  };
  const recover = async (): Promise<void> => {
    while (connection.state !== 'open') {
      const told = harness.states.length;
      if (connection.state === 'reconnecting') {
        await harness.time.advance(Math.min(30_000, harness.time.nextInMs));
      }
      await harness.until(() => harness.states.length > told || connection.state === 'open');
    }
    send(server.peer, STATUS);
    await harness.until(() => harness.frames.at(-1)?.connectionId === connection.connectionId);
  };
  const lose = async (cut: () => void): Promise<void> => {
    const lost = harness.path.filter((state) => state === 'reconnecting').length;
    for (let refusal = pick(3); refusal > 0; refusal -= 1) server.refusals.push({ status: 503 });
    cut();
    await harness.reaches('reconnecting', lost + 1);
    await recover();
  };
  const actions: (() => Promise<void> | void)[] = [
    flow,
    flow,
    () =>
      lose(() => {
        server.peer.socket.terminate();
      }),
    () =>
      lose(() => {
        server.peer.socket.close(1001 + pick(2) * 11);
      }),
    async () => {
      server.answer = () => undefined;
      await harness.time.advance(10_000);
      server.answer = (request, peer) => {
        answer(request, recordingPeer(peer, send), random);
      };
      await recover();
    },
    () => {
      send(
        server.peer,
        ['{"error":"Exceeded msg rate"}', 'no json', '{"channel":"bo'][pick(3)] ?? '',
      );
    },
    () => {
      const symbol = SYMBOLS[pick(4)] ?? '';
      wanted.add(symbol);
      void connection.subscribe({ channel: 'book', symbol: [symbol] });
    },
    () => {
      const symbol = SYMBOLS[pick(4)] ?? '';
      wanted.delete(symbol);
      void connection.unsubscribe({ channel: 'book', symbol: [symbol] });
    },
    () => harness.time.advance(pick(3000)),
  ];

  await connection.open();
  await recover();
  for (let step = 0; step < steps; step += 1) await actions[pick(actions.length)]?.();
  await recover();
  server.answer = (request, peer) => {
    acknowledge(request, recordingPeer(peer, send));
  };
  const isSettled = (): boolean =>
    connection.subscriptions.every(({ status }) => status === 'active' || status === 'alive');
  for (let round = 0; round < 200 && !isSettled(); round += 1) {
    // Keeps the connection from going stale while time runs towards the next try.
    await flow();
    await harness.time.advance(500);
  }

  const faults: string[] = [];
  if (!isSettled())
    faults.push(
      `unsettled: ${JSON.stringify(connection.subscriptions.map(({ symbol, status, error }) => ({ symbol, status, error })))}`,
    );
  const held = connection.subscriptions.map(({ symbol }) => symbol ?? '').toSorted();
  if (held.join() !== [...wanted].toSorted().join())
    faults.push(`intent ${held.join()} for ${[...wanted].join()}`);
  faults.push(...frameFaults(harness, [...sent.values()]), ...gapFaults(harness));
  const { disconnects, frames } = connection.stats;
  const closed = connection.close();
  await harness.time.advance(20_000);
  await closed;
  if (harness.time.armed > 0) faults.push(`${harness.time.armed} timers left`);
  await server.close();
  return { faults, disconnects, frames };
}

/** Acknowledges some symbols, some of them late or nameless, and some not at all. */
function answer(request: Request, peer: Peer, random: () => number): void {
  const { method, req_id, params } = request;
  const luck = random();
  if (method === 'ping' || luck < 0.6) acknowledge(request, peer);
  else if (luck < 0.7) peer.send({ method, req_id, success: false, error: 'EService:Unavailable' });
  else if (luck < 0.8) {
    const symbol = (params?.symbol ?? []).filter(() => random() < 0.5);
    acknowledge({ ...request, params: { channel: 'book', symbol } }, peer);
  }
}

/** A peer whose messages go through `send`, so that they are remembered. */
function recordingPeer(peer: Peer, send: (peer: Peer, text: string) => void): Peer {
  return Object.assign(Object.create(peer) as Peer, {
    send: (...messages: readonly (string | object)[]) => {
      for (const message of messages) {
        send(peer, typeof message === 'string' ? message : JSON.stringify(message));
      }
    },
  });
}

/** Each socket's frames are the beginning of what the server sent on it, numbered without a hole. */
function frameFaults(harness: Harness, sent: readonly (readonly string[])[]): string[] {
  const faults: string[] = [];
  const received = new Map<number, string[]>();
  harness.frames.forEach(({ connectionId, sequence }, index) => {
    const texts = received.get(connectionId) ?? [];
    if (sequence !== texts.length) faults.push(`sequence ${connectionId}.${sequence}`);
    received.set(connectionId, [...texts, harness.texts[index] ?? '']);
  });
  for (const [connectionId, texts] of received) {
    const isBeginning = sent.some((all) => texts.every((text, index) => text === all[index]));
    if (!isBeginning) faults.push(`connection ${connectionId} got what was not sent`);
  }
  return faults;
}

/** Between the frames of two sockets there is one hole, from the last before to the first after. */
function gapFaults({ frames, gaps }: Harness): string[] {
  const changes = frames.filter(
    ({ connectionId }, index) => index > 0 && frames[index - 1]?.connectionId !== connectionId,
  );
  if (changes.length !== gaps.length) return [`${changes.length} changes, ${gaps.length} gaps`];
  return gaps.flatMap((gap, index) =>
    gap.from !== undefined && gap.to !== undefined && gap.from <= gap.to ? [] : [`gap ${index}`],
  );
}
