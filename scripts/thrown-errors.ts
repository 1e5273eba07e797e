import { type Runtime, Session } from 'node:inspector';

/**
 * The parser's error quotes the lines around a mistake. It is caught right where it is thrown, and
 * is no cause of the error that goes on: that one is looked at as all others are.
 */
const STAYS_WITHIN = new Set(['TomlError']);

/**
 * Tells of every value that this thread throws or rejects with, whoever made it and whoever catches
 * it: the runtime's own errors and those of other packages have no class that could be watched.
 */
export class ThrownErrors {
  readonly #session = new Session();
  readonly #see: (text: string) => void;

  /** `see` gets an error's message and stack, and each of its own texts. */
  constructor(see: (text: string) => void) {
    this.#see = see;
    this.#session.connect();
    // Once: each time it tells of every script anew.
    this.#session.post('Debugger.enable');
    // Runs while the thread stands still; it goes on by itself afterwards.
    this.#session.on('Debugger.paused', ({ params }) => {
      if (params.reason !== 'exception' && params.reason !== 'promiseRejection') return;
      this.#look(params.data as Runtime.RemoteObject | undefined);
    });
  }

  start(): void {
    this.#session.post('Debugger.setPauseOnExceptions', { state: 'all' });
  }

  stop(): void {
    this.#session.post('Debugger.setPauseOnExceptions', { state: 'none' });
  }

  #look(thrown: Runtime.RemoteObject | undefined): void {
    if (thrown === undefined || STAYS_WITHIN.has(thrown.className ?? '')) return;
    this.#see(textOf(thrown));
    const { objectId } = thrown;
    if (objectId === undefined) return;
    const query: Runtime.GetPropertiesParameterType = { objectId, ownProperties: true };
    this.#session.post('Runtime.getProperties', query, (_, answer) => {
      for (const { value } of answer?.result ?? [])
        if (value !== undefined) this.#see(textOf(value));
    });
  }
}

function textOf({ value, description }: Runtime.RemoteObject): string {
  return typeof value === 'string' ? value : (description ?? '');
}
