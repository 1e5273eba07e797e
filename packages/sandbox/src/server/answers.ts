import type { RequestSubject } from '../faults/arm.ts';
import type { RequestVerdict } from '../faults/line-faults.ts';
import { WireFrame } from '../protocol/wire-frame.ts';
import type { SessionHost } from './session.ts';

/** A verdict that refuses: with this text, in an acknowledgement or alone. */
export interface Refused {
  readonly error: string;
  readonly bare: boolean;
}

/** The answers to one request, collected while it is done, and what faults make of each. */
export class Answers {
  readonly #host: SessionHost;
  readonly #subject: RequestSubject | undefined;
  readonly #answers: { readonly text: string; readonly verdict: RequestVerdict }[] = [];

  /** `read` tells what the request is about: only asked while faults wait. */
  constructor(host: SessionHost, read: () => RequestSubject) {
    this.#host = host;
    this.#subject = host.faults.isIdle ? undefined : read();
  }

  /**
   * Answers one part of the request (all of it, or one symbol): with what `act` does, or as a fault
   * says. Several texts are answers of one part. What is `ignored` is not even done.
   */
  settle(
    symbol: string | undefined,
    act: () => string | readonly string[],
    refuse: (refused: Refused) => string,
  ): void {
    const verdict: RequestVerdict =
      this.#subject === undefined ? {} : this.#host.faults.judge({ ...this.#subject, symbol });
    if (verdict.ignored === true) return;
    const { error, bare = false } = verdict;
    const said = error === undefined ? act() : refuse({ error, bare });
    for (const text of [said].flat()) this.#answers.push({ text, verdict });
  }

  send(): void {
    const { faults } = this.#host;
    const turned = this.#subject === undefined ? undefined : faults.turnsAround(this.#subject);
    const answers = turned === undefined ? this.#answers : this.#answers.toReversed();
    for (const { text, verdict } of answers) {
      const frame = new WireFrame(text);
      const note = verdict.note ?? turned;
      if (verdict.lost !== undefined) faults.lose(frame, verdict.lost);
      else if (verdict.delayMs === undefined) this.#host.reply(frame, note);
      else faults.pushLater(frame, verdict.delayMs, note);
    }
  }
}
