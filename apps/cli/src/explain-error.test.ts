import { parseStrictly, routeWsMessage } from '@kr/schemas';
import { describe, expect, it } from 'vitest';
import { explainError } from './explain-error.ts';

const coded = (name: string, code: string, cause?: unknown): Error =>
  Object.assign(new Error(`${name} says ${code}`, { cause }), { name, code });

const strictly = (): unknown => {
  try {
    return parseStrictly(routeWsMessage, '{"channel":"heartbeat","beat":1}');
  } catch (error) {
    return error;
  }
};

describe('an error of a package', () => {
  it.each([
    ['WsError', 'CONNECT_FAILED', 'network', 3],
    ['WsError', 'CONNECTION_LOST', 'network', 3],
    ['WsError', 'TIMEOUT', 'websocket', 3],
    ['WsError', 'QUEUE_OVERFLOW', 'websocket', 3],
    ['WsError', 'REJECTED', 'validation', 2],
    ['WsError', 'NO_TOKEN', 'auth', 5],
    ['RecordingError', 'WRITE_FAILED', 'io', 4],
    ['RecordingError', 'LOCKED', 'io', 4],
    ['RecordingError', 'DAMAGED', 'parse', 2],
    ['RecordingError', 'INVALID_QUERY', 'validation', 2],
    ['SandboxError', 'PORT_IN_USE', 'network', 3],
    ['RecorderError', 'INVALID_CONFIG', 'config', 2],
    ['OrderBookError', 'MALFORMED_FRAME', 'parse', 2],
  ])('%s %s is one of %s, and ends with %i', (name, code, category, exitCode) => {
    const known = explainError(coded(name, code));
    expect(known).toMatchObject({ category, exitCode, details: { code } });
  });

  it('of a socket without a token is what kept the token from it', () => {
    const full = Object.assign(new Error('ENOSPC: no space left'), { code: 'ENOSPC' });
    expect(explainError(coded('WsError', 'NO_TOKEN', full))).toMatchObject({ category: 'io' });
  });

  it('of a message that is not as documented is one of parsing', () => {
    expect(explainError(strictly())).toMatchObject({ category: 'parse', exitCode: 2 });
  });

  it('of the file system is one of the disk, whichever it is; of nobody we know is a fault of ours', () => {
    const odd = Object.assign(new Error('EMFILE'), { code: 'EMFILE', errno: -24, path: '/x' });
    expect(explainError(odd)).toMatchObject({ category: 'io', exitCode: 4 });
    expect(explainError(new TypeError('x is not a function'))).toBeUndefined();
    expect(explainError('a text')).toBeUndefined();
  });
});
