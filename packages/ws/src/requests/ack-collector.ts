import { type Ack, isRecord } from '../protocol/incoming.ts';
import type { Target } from '../subscriptions/subscription.ts';

/** What became of one symbol of a request. `missing`: no answer came, and nobody can say. */
export type SymbolOutcome =
  | { readonly kind: 'accepted'; readonly warnings: readonly string[] }
  | { readonly kind: 'refused'; readonly error: string }
  | { readonly kind: 'missing' }
  /** Never sent. */
  | { readonly kind: 'unsent'; readonly error: string };

/**
 * Puts the acknowledgements of one request together. A request for N symbols is answered by N
 * acknowledgements with the same `req_id`, in any order and any mixture, and a refusal may not say
 * which symbol it is about (`Already subscribed`, `Subscription name invalid`).
 *
 * A nameless answer is assigned only where it cannot be wrong: when as many nameless answers as
 * unanswered symbols are there and all say the same, or when the request as a whole was refused.
 */
export class AckCollector {
  readonly #outcomes = new Map<Target, SymbolOutcome>();
  readonly #open: Set<Target>;
  readonly #nameless: Ack[] = [];

  constructor(targets: readonly Target[]) {
    this.#open = new Set(targets);
  }

  add(ack: Ack): void {
    const named = symbolOf(ack);
    if (named !== undefined && this.#outcomes.has(named)) return;
    const target = named !== undefined && this.#open.has(named) ? named : this.#only();
    if (target === NOBODY) this.#nameless.push(ack);
    else this.#settle(target, outcomeOf(ack));
    if (this.complete && this.#nameless.length > 0) this.#assignNameless();
  }

  /** As many answers as symbols are there: nothing more will come. */
  get complete(): boolean {
    return this.#nameless.length >= this.#open.size;
  }

  /** An answer that could be the only one: the request may have been refused before its symbols were looked at. */
  get refusedAsAWhole(): boolean {
    return this.#outcomes.size === 0 && this.#sameRefusal() !== undefined;
  }

  /** What is known now; ask when `complete`, or when waiting longer makes no sense. */
  outcomes(): ReadonlyMap<Target, SymbolOutcome> {
    const refusal = this.refusedAsAWhole ? this.#sameRefusal() : undefined;
    const rest: SymbolOutcome = refusal ?? { kind: 'missing' };
    const outcomes = new Map(this.#outcomes);
    for (const target of this.#open) outcomes.set(target, rest);
    return outcomes;
  }

  /** With one symbol left unanswered, whatever comes is about that one. */
  #only(): Target | typeof NOBODY {
    const [target] = this.#open;
    return this.#open.size === 1 ? target : NOBODY;
  }

  #settle(target: Target, outcome: SymbolOutcome): void {
    this.#open.delete(target);
    this.#outcomes.set(target, outcome);
  }

  #assignNameless(): void {
    const outcomes = this.#nameless.map(outcomeOf);
    const [first] = outcomes;
    if (first === undefined || !outcomes.every((outcome) => isSame(outcome, first))) return;
    for (const target of this.#open) this.#settle(target, first);
    this.#nameless.length = 0;
  }

  #sameRefusal(): SymbolOutcome | undefined {
    const outcomes = this.#nameless.map(outcomeOf);
    const [first] = outcomes;
    if (first?.kind !== 'refused') return undefined;
    return outcomes.every((outcome) => isSame(outcome, first)) ? first : undefined;
  }
}

const NOBODY = Symbol('nobody');

function symbolOf(ack: Ack): string | undefined {
  const { result } = ack;
  if (isRecord(result) && typeof result['symbol'] === 'string') return result['symbol'];
  return typeof ack.symbol === 'string' ? ack.symbol : undefined;
}

/** A `success` that is missing or no boolean is a refusal, as in Kraken's own client. */
function outcomeOf(ack: Ack): SymbolOutcome {
  if (ack.success === true) {
    const warnings = isRecord(ack.result) ? ack.result['warnings'] : undefined;
    return {
      kind: 'accepted',
      warnings: Array.isArray(warnings) ? warnings.filter((text) => typeof text === 'string') : [],
    };
  }
  return { kind: 'refused', error: typeof ack.error === 'string' ? ack.error : 'no reason given' };
}

function isSame(one: SymbolOutcome, other: SymbolOutcome): boolean {
  if (one.kind === 'refused') return other.kind === 'refused' && one.error === other.error;
  return one.kind === other.kind;
}
