// Draws a student's work on a homework: the sessions side by side, with a gap for each pause. Runs are in the upper lane, builds
// in the lower. The width shows the duration, colour and shape show the ending. The arrow keys select an activity. The list
// below the picture has the same content in words.

import { element } from "./elements.js";
import { clock, language, time, word } from "./words.js";

const LANES = { run: 42, build: 84 };
const TALL = 26;
const SHORT = 13;
const HEIGHT = 112;
const NARROWEST = 3;
const SESSION_AT_LEAST = 84;
const GAP = 24;
const MARGIN = 4;
const DAY_MS = 24 * 60 * 60 * 1000;

const ms = (iso) => new Date(iso).getTime();

/** An activity in words: the page shows them, and a screen reader reads them. */
const inWords = (it) => [
  clock(it.started_at), word(it.kind), word(it.ending) + (it.signal ? ` ${it.signal}` : ""),
  it.ended_at ? time(it.duration_ms) : "", it.target,
].filter(Boolean).join(", ");

/** The stretches of time to draw: the sessions. If an activity runs, the last stretch ends now. */
function stretches(sessions, activities) {
  const all = sessions.map((session) => ({ from: ms(session.from), to: ms(session.to) }));
  const last = activities.at(-1);
  if (last && !last.ended_at) {
    const [from, now] = [ms(last.started_at), Math.max(ms(last.started_at), Date.now())];
    if (all.length && from <= all.at(-1).to) all.at(-1).to = Math.max(all.at(-1).to, now);
    else all.push({ from, to: now });
  }
  return all;
}

/** Sets the position and the width of each stretch: in proportion to its duration, but wide enough for its label. */
function place(all, width) {
  if (all.length === 0) return width;
  const total = all.reduce((sum, it) => sum + Math.max(it.to - it.from, 1), 0);
  const room = width - 2 * MARGIN - (all.length - 1) * GAP;
  let x = MARGIN;
  for (const it of all) {
    it.x = x;
    it.width = Math.max(SESSION_AT_LEAST, room * Math.max(it.to - it.from, 1) / total);
    it.scale = it.width / Math.max(it.to - it.from, 1);
    x += it.width + GAP;
  }
  return x - GAP + MARGIN;
}

function mark(it, stretch) {
  const from = ms(it.started_at);
  const to = it.ended_at ? ms(it.ended_at) : stretch.to;
  const x = stretch.x + (from - stretch.from) * stretch.scale;
  const width = Math.max(NARROWEST, (to - from) * stretch.scale);
  const height = it.ending === "ok" ? SHORT : TALL;
  const y = LANES[it.kind] - height;
  const group = element("g", { class: `mark ${it.ending}` }, element("rect", { x, y, width, height }));
  const middle = x + width / 2;
  if (it.ending === "crashed") {
    group.append(element("path", { d: `M${middle - 5} ${y - 1}l5 -8l5 8z` }));
  } else if (it.ending === "stopped") {
    group.append(element("path", { d: `M${middle - 4} ${y - 9}h8v8h-8z` }));
  }
  return group;
}

function axis(stretch, dates) {
  const label = (at) => new Date(at).toLocaleString(language, {
    ...(dates ? { month: "numeric", day: "numeric" } : {}), hour: "2-digit", minute: "2-digit", hourCycle: "h23",
  });
  const end = stretch.x + stretch.width;
  const parts = Object.values(LANES).map((y) => element("line", { x1: stretch.x, x2: end, y1: y, y2: y }));
  parts.push(element("text", { x: stretch.x, y: HEIGHT - 10, text: label(stretch.from) }));
  if (stretch.width > 2 * SESSION_AT_LEAST) {
    parts.push(element("text", { x: end, y: HEIGHT - 10, "text-anchor": "end", text: label(stretch.to) }));
  }
  return parts;
}

/** The mark of a pause, between two sessions. */
const cut = (stretch) => element("path", {
  class: "cut", d: `M${stretch.x + stretch.width + GAP / 2 - 4} ${LANES.build + 6}l8 -14m-13 14l8 -14`,
});

export class TimeLine {
  #chart;
  #reading;
  #select;
  #activities = [];
  #marks = [];
  #cursor;
  #at = 0;

  /**
   * @param chart the element for the picture; it handles the keys
   * @param reading the element that shows the selected activity in words
   * @param select called with the index of the selected activity
   */
  constructor(chart, reading, select) {
    this.#chart = chart;
    this.#reading = reading;
    this.#select = select;
    chart.addEventListener("keydown", (event) => this.#go(event));
    chart.addEventListener("click", (event) => {
      const chosen = this.#marks.indexOf(event.target.closest(".mark"));
      if (chosen >= 0) this.choose(chosen);
    });
  }

  /** Draws activities in their order; an activity that runs has no end. If not fresh, the selection stays. */
  show(sessions, activities, fresh) {
    this.#activities = activities;
    if (fresh) this.#at = activities.length - 1;
    const all = stretches(sessions, activities);
    const width = place(all, this.#chart.clientWidth);
    const svg = element("svg", {
      width, height: HEIGHT, viewBox: `0 0 ${width} ${HEIGHT}`, "aria-hidden": "true", focusable: "false",
    });
    const dates = all.length > 0 && all.at(-1).to - all[0].from > DAY_MS / 2;
    all.forEach((stretch, index) => {
      svg.append(...axis(stretch, dates));
      if (index < all.length - 1) svg.append(cut(stretch));
    });
    this.#marks = activities.map((it) =>
      mark(it, all.findLast((stretch) => stretch.from <= ms(it.started_at)) ?? all[0]));
    this.#cursor = element("line", { class: "cursor", y1: 4, y2: HEIGHT - 22 });
    svg.append(this.#cursor, ...this.#marks);
    this.#chart.replaceChildren(svg);
    this.#chart.setAttribute("aria-valuemin", 1);
    this.#chart.setAttribute("aria-valuemax", activities.length);
    this.choose(Math.min(Math.max(this.#at, 0), activities.length - 1), fresh);
  }

  choose(index, quietly = false) {
    if (index < 0 || index >= this.#activities.length) return;
    this.#at = index;
    const words = inWords(this.#activities[index]);
    this.#chart.setAttribute("aria-valuenow", index + 1);
    this.#chart.setAttribute("aria-valuetext", words);
    this.#reading.textContent = words;
    const { x, width } = this.#marks[index].querySelector("rect").getBBox();
    this.#cursor.setAttribute("x1", x + width / 2);
    this.#cursor.setAttribute("x2", x + width / 2);
    const { scrollLeft, clientWidth } = this.#chart;
    if (x < scrollLeft || x + width > scrollLeft + clientWidth) this.#chart.scrollLeft = x - clientWidth / 2;
    if (!quietly) this.#select(index);
  }

  #go(event) {
    const last = this.#activities.length - 1;
    const to = {
      ArrowLeft: this.#at - 1, ArrowDown: this.#at - 1, ArrowRight: this.#at + 1, ArrowUp: this.#at + 1,
      PageUp: Math.min(this.#at + 10, last), PageDown: Math.max(this.#at - 10, 0), Home: 0, End: last,
    }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      this.choose(to);
    }
  }
}
