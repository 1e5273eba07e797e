import { WsError } from '../errors.ts';

const MAX_IDS = 100_000;

/** Client order ids that went out or were about to: none is used a second time. */
export class UsedIds {
  readonly #ids = new Set<string>();

  /** @throws WsError `INVALID_PARAMS` */
  take(method: string, id: string): void {
    if (this.#ids.has(id)) {
      const message = `${method}: the client order id ${id} was used before. An order is never sent twice; reconcile it instead, or make another id.`;
      throw new WsError('INVALID_PARAMS', message, { method });
    }
    this.#ids.add(id);
    const [oldest] = this.#ids;
    if (this.#ids.size > MAX_IDS && oldest !== undefined) this.#ids.delete(oldest);
  }

  /** It did not go out after all. */
  giveBack(id: string): void {
    this.#ids.delete(id);
  }
}
