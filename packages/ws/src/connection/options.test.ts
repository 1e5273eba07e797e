import { describe, expect, it } from 'vitest';
import { ManualTime } from '../../test/manual-time.ts';
import { createConnection, isWsError, WsError } from '../index.ts';
import { isStep } from './connection-state.ts';

const time = new ManualTime();
const base = { url: 'wss://ws.kraken.com/v2', clock: time, timers: time };

describe('createConnection', () => {
  it.each([
    ['not a url', 'url is not a URL'],
    ['https://ws.kraken.com/v2', 'url has the scheme https:'],
    ['wss://ws.kraken.com/v2#here', 'url has a fragment'],
    ['wss://hush@ho st/', 'url is not a URL'],
  ])('refuses the address %s', (url, message) => {
    expect(() => createConnection({ ...base, url })).toThrow(message);
    expect(() => createConnection({ ...base, url })).not.toThrow('hush');
  });

  it.each([
    [{ connectTimeoutMs: 0 }, 'connectTimeoutMs must be a number above 0'],
    [{ backoffMaxMs: Number.NaN }, 'backoffMaxMs must be a number above 0'],
    [{ keepAliveMs: Infinity }, 'keepAliveMs must be a number above 0'],
    [{ maxQueuedFrames: -1 }, 'maxQueuedFrames must be a number above 0'],
    [{ pingAfterMs: 9000 }, 'pingAfterMs must not be above staleAfterMs'],
    [{ staleAfterMs: 20_000 }, 'staleAfterMs must not be above dropAfterMs'],
  ])('refuses %j', (limits, message) => {
    expect(() => createConnection({ ...base, ...limits })).toThrow(message);
  });

  it('takes a limit of undefined for its default', () => {
    expect(createConnection({ ...base, connectTimeoutMs: undefined as never }).state).toBe('idle');
  });
});

describe('isWsError', () => {
  it('goes by name, so that a second copy of the package matches', () => {
    const error = new WsError('CLOSED', 'closed', { what: 'open' });
    const foreign = Object.assign(new Error('closed'), { name: 'WsError', code: 'CLOSED' });
    expect(isWsError(error)).toBe(true);
    expect(isWsError(foreign, 'CLOSED')).toBe(true);
    expect(isWsError(error, 'TIMEOUT')).toBe(false);
    expect(isWsError(new Error('closed'))).toBe(false);
    expect(isWsError('closed')).toBe(false);
  });
});

describe('the state machine', () => {
  it('has no way out of closed, and none back to idle', () => {
    const states = ['idle', 'connecting', 'open', 'stale', 'reconnecting', 'closed'] as const;
    expect(states.filter((state) => isStep('closed', state))).toStrictEqual([]);
    expect(states.filter((state) => isStep(state, 'idle'))).toStrictEqual([]);
    expect(states.filter((state) => !isStep(state, 'closed'))).toStrictEqual(['closed']);
  });
});
