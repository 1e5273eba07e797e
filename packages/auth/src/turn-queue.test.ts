import { describe, expect, it } from 'vitest';
import { TurnQueue } from './turn-queue.ts';

describe('TurnQueue', () => {
  it('lets one in at a time, in the order they came', async () => {
    const queue = new TurnQueue(10);
    const order: number[] = [];
    let inside = 0;
    const visit = async (visitor: number) => {
      const leave = await queue.enter();
      inside += 1;
      expect(inside).toBe(1);
      await Promise.resolve();
      order.push(visitor);
      inside -= 1;
      leave();
    };
    await Promise.all([1, 2, 3, 4, 5].map(visit));
    expect(order).toEqual([1, 2, 3, 4, 5]);
    expect(queue.waiting).toBe(0);
  });

  it('ignores a second leave, which would let two in', async () => {
    const queue = new TurnQueue(10);
    const leave = await queue.enter();
    const second = queue.enter();
    const third = queue.enter();
    leave();
    leave();
    await second;
    expect(queue.waiting).toBe(1);
    (await second)();
    (await third)();
  });

  it('lets nobody overtake while a turn is handed on', async () => {
    const queue = new TurnQueue(10);
    const order: string[] = [];
    const leave = await queue.enter();
    const waiting = queue.enter().then((go) => {
      order.push('waiting');
      go();
      return undefined;
    });
    leave();
    const late = queue.enter().then((go) => {
      order.push('late');
      go();
      return undefined;
    });
    await Promise.all([waiting, late]);
    expect(order).toEqual(['waiting', 'late']);
  });

  it('refuses more than may wait, and takes them again when there is room', async () => {
    const queue = new TurnQueue(1);
    const leave = await queue.enter();
    const second = queue.enter();
    await expect(queue.enter()).rejects.toMatchObject({ code: 'TOO_MANY_WAITING' });
    leave();
    (await second)();
    (await queue.enter())();
    expect(queue.waiting).toBe(0);
  });

  it('lets go of a visitor whose signal aborts, and the others move up', async () => {
    const queue = new TurnQueue(10);
    const controller = new AbortController();
    const reason = new Error('enough');
    const leave = await queue.enter();
    const second = queue.enter(controller.signal);
    const third = queue.enter();
    controller.abort(reason);
    await expect(second).rejects.toBe(reason);
    expect(queue.waiting).toBe(1);
    leave();
    (await third)();
    await expect(queue.enter(controller.signal)).rejects.toBe(reason);
    (await queue.enter())();
  });
});
