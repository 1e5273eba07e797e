/** One `requestAnimationFrame` for everything that draws: each looks first whether it has anything to do. */
export class FrameLoop {
  readonly #draws = new Set<(now: number) => void>();
  #isRunning = false;

  /** Calls back before each frame until the returned function is called. */
  add(draw: (now: number) => void): () => void {
    this.#draws.add(draw);
    if (!this.#isRunning) requestAnimationFrame(this.#run);
    this.#isRunning = true;
    return () => {
      this.#draws.delete(draw);
    };
  }

  readonly #run = (now: number): void => {
    for (const draw of this.#draws) draw(now);
    this.#isRunning = this.#draws.size > 0;
    if (this.#isRunning) requestAnimationFrame(this.#run);
  };
}
