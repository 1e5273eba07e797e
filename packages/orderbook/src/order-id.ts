/**
 * Kraken's order ids are 17 letters and digits in groups (`OTCFZG-YOE2Q-LQKNM3`): read in base 36
 * the first 9 and the last 8 are two exact doubles, which need no string and no Map. An id of any
 * other form is given a number instead, and its text kept while an order has it.
 */
export class OrderIds {
  /** The pair of the id packed last. */
  head = 0;
  tail = 0;
  readonly #numbers = new Map<string, number>();
  readonly #texts = new Map<number, string>();
  #next = 1;

  /**
   * Packs an id into `head` and `tail`. Without `create` an id of another form that no order has
   * becomes one that nothing equals.
   */
  pack(id: string, create: boolean): void {
    if (USUAL.test(id)) {
      const letters = id.replaceAll('-', '');
      this.head = Number.parseInt(letters.slice(0, HEAD_LENGTH), 36);
      this.tail = Number.parseInt(letters.slice(HEAD_LENGTH), 36);
      return;
    }
    let number = this.#numbers.get(id);
    if (number === undefined && create) {
      number = this.#next++;
      this.#numbers.set(id, number);
      this.#texts.set(number, id);
    }
    this.head = number ?? 0;
    this.tail = OTHER_FORM;
  }

  /** The text of a pair. */
  unpack(head: number, tail: number): string {
    if (tail === OTHER_FORM) return this.#texts.get(head) ?? '';
    const letters = (
      head.toString(36).padStart(HEAD_LENGTH, '0') + tail.toString(36).padStart(TAIL_LENGTH, '0')
    ).toUpperCase();
    return `${letters.slice(0, 6)}-${letters.slice(6, 11)}-${letters.slice(11)}`;
  }

  /** How many ids of another form are kept. */
  get kept(): number {
    return this.#numbers.size;
  }

  /** Forgets the ids of another form that no order has any more. */
  sweep(has: (head: number, tail: number) => boolean): void {
    for (const [number, text] of this.#texts) {
      if (has(number, OTHER_FORM)) continue;
      this.#texts.delete(number);
      this.#numbers.delete(text);
    }
  }

  clear(): void {
    this.#numbers.clear();
    this.#texts.clear();
  }
}

const USUAL = /^[A-Z0-9]{6}-[A-Z0-9]{5}-[A-Z0-9]{6}$/;
const HEAD_LENGTH = 9;
const TAIL_LENGTH = 8;
const OTHER_FORM = -1;
