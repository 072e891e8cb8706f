// The rates of the server's counters. They use the clock of the server, so a browser that asks late does not change them.

const WINDOW_MS = 30_000;

export class Rates {
  #looks = [];

  /** Adds the values of the counters at a time in milliseconds. A value that is less than the previous one resets the rates. */
  take(at, counters) {
    const last = this.#looks.at(-1);
    if (last && Object.keys(counters).some((name) => counters[name] < last.counters[name])) this.#looks = [];
    this.#looks.push({ at, counters });
    while (this.#looks.length > 2 && at - this.#looks[1].at >= WINDOW_MS) this.#looks.shift();
  }

  /** The rate of a counter per second, over the last 30 seconds or slightly more; undefined until there are two values. */
  of(name) {
    const [first, last] = [this.#looks[0], this.#looks.at(-1)];
    const elapsed = last ? last.at - first.at : 0;
    return elapsed > 0 ? (last.counters[name] - first.counters[name]) * 1000 / elapsed : undefined;
  }
}
