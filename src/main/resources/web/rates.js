// How fast counters go, by what the server says and by the server's clock: when a browser gets round to asking has no part in it.

const WINDOW_MS = 30_000;

export class Rates {
  #looks = [];

  /** Takes what the counters are at a time, in milliseconds. One that is less than before counts from a new beginning. */
  take(at, counters) {
    const last = this.#looks.at(-1);
    if (last && Object.keys(counters).some((name) => counters[name] < last.counters[name])) this.#looks = [];
    this.#looks.push({ at, counters });
    while (this.#looks.length > 2 && at - this.#looks[1].at >= WINDOW_MS) this.#looks.shift();
  }

  /** How many a second, over the last half minute or a little more; undefined as long as there is nothing to compare with. */
  of(name) {
    const [first, last] = [this.#looks[0], this.#looks.at(-1)];
    const elapsed = last ? last.at - first.at : 0;
    return elapsed > 0 ? (last.counters[name] - first.counters[name]) * 1000 / elapsed : undefined;
  }
}
