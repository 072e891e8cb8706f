// The class page. The server keeps its rows up to date. It uses no library, and loads nothing from other servers.

import { element } from "./elements.js";
import { drawErrors, drawFunnels } from "./funnel.js";
import { drawHelp } from "./help.js";
import { areHidden, hide } from "./names.js";
import { Rates } from "./rates.js";
import { row } from "./rows.js";
import { drawStudent, pairs, show } from "./student.js";
import { language, speak, word } from "./words.js";

const STATES = ["not_started", "working", "built", "ran", "requirements_met", "late", "opted_out"];
const SORTS = { signs: "trouble", student: "student", homework: "homework", state: "state", builds: "failed", runs: "runs", seen: "seen" };
const SIZE = 50;
const SEARCH_AFTER_MS = 200;
const RETRY_AFTER_MS = 5000;

const EMPTY = { course: "", total: 0, order: [], rows: [], help: [], helped: [], funnels: [], errors: [],
  facets: { courses: [], sections: [], homeworks: [] } };

const filters = document.getElementById("filters");
const body = document.querySelector("#students tbody");

/** The data of this page from the server, and its rows by key. */
let view = EMPTY;
let rows = new Map();

/** The parts of the query that are not in the form. */
let chosen;
let descending = false;
let page = 0;

const known = () => view !== EMPTY;

function query() {
  const { course, section, homework, state, search, sort } = filters.elements;
  const wanted = {
    course: chosen?.course ?? course.value, section: section.value, homework: chosen?.homework ?? homework.value,
    state: state.value, search: search.value.trim(), error: chosen?.type ?? "", sort: sort.value,
    descending: descending ? "true" : "", page: page || "", size: SIZE,
  };
  return new URLSearchParams(Object.entries(wanted).filter(([, value]) => value !== ""));
}

/** Draws the rows, and keeps the keyboard focus. */
function drawRows(fresh) {
  const focused = body.contains(document.activeElement) && document.activeElement.closest("tr")?.dataset.key;
  body.replaceChildren(...view.order.map((key) => row(rows.get(key), show)));
  for (const tr of body.rows) {
    if (fresh.has(tr.dataset.key)) tr.classList.add("new");
    if (tr.dataset.key === focused) tr.querySelector("button").focus();
  }
  document.getElementById("nothing").hidden = !known() || view.total > 0;
  document.getElementById("students").hidden = view.total === 0;
  drawPager();
}

function drawPager() {
  const pages = document.getElementById("pages");
  pages.hidden = view.total <= SIZE && page === 0;
  const from = page * SIZE;
  pages.querySelector("span").textContent = `${from + 1}–${from + view.order.length} / ${view.total}`;
  pages.querySelector("[data-step='-1']").ariaDisabled = String(page === 0);
  pages.querySelector("[data-step='1']").ariaDisabled = String(from + SIZE >= view.total);
}

function drawSort() {
  const sort = filters.elements.sort.value;
  for (const th of document.querySelectorAll("#students th")) {
    const name = th.querySelector("button")?.dataset.sort;
    if (name === sort && name !== "signs") th.setAttribute("aria-sort", descending ? "descending" : "ascending");
    else th.removeAttribute("aria-sort");
  }
}

const natural = (a, b) => a.localeCompare(b, undefined, { numeric: true });

function options(select, values, label = (value) => value) {
  const value = select.value;
  const all = select.name === "sort" ? values : ["", ...values];
  select.replaceChildren(...all.map((it) => element("option", { value: it, text: it === "" ? word("all") : label(it) })));
  select.value = all.includes(value) ? value : all[0];
}

function drawFilters() {
  const { course, section, homework, state, sort } = filters.elements;
  options(course, view.facets.courses);
  if (view.course) course.value = view.course;
  options(section, [...view.facets.sections].sort(natural));
  options(homework, [...view.facets.homeworks].sort(natural));
  options(state, STATES, word);
  options(sort, Object.keys(SORTS), (it) => word(SORTS[it]));
}

const DRAW = {
  facets: drawFilters,
  help: () => drawHelp(view, show),
  funnels: () => drawFunnels(view.funnels),
  errors: () => drawErrors(view.errors, chosen, (error) => {
    chosen = error;
    ask();
  }),
};

function draw(parts = EMPTY, fresh = new Set()) {
  if (parts.facets) DRAW.facets();
  if (parts.help || parts.helped) DRAW.help();
  if (parts.funnels) DRAW.funnels();
  if (parts.errors) DRAW.errors();
  drawSort();
  drawRows(fresh);
}

/** Applies a whole page from the server, or its changed parts. */
function take(parts, whole) {
  const changed = parts.rows ?? [];
  if (whole) rows = new Map();
  for (const it of changed) rows.set(it.key, it);
  view = { ...view, ...parts };
  rows = new Map(view.order.map((key) => [key, rows.get(key)]));
  draw(parts, whole ? new Set() : new Set(changed.map((it) => it.key)));
  if (whole) performance.mark("rows");
  if (view.order.length === 0 && page > 0) {
    page = 0;
    ask();
  }
}

let live = false;
let changes;

/** Requests the current page and its changes. After a lost connection, the server sends the whole page again. */
function listen() {
  changes?.close();
  let whole = true;
  const source = new EventSource(`/api/class/changes?${query()}`);
  changes = source;
  source.addEventListener("open", () => {
    whole = true;
    live = true;
    drawHealth();
  });
  source.addEventListener("message", (event) => {
    take(JSON.parse(event.data), whole);
    whole = false;
  });
  source.addEventListener("error", () => {
    live = false;
    drawHealth();
    if (source.readyState === EventSource.CLOSED) setTimeout(() => source === changes && listen(), RETRY_AFTER_MS);
  });
}

/** Requests another page. */
function ask(to = 0) {
  page = to;
  listen();
}

filters.addEventListener("submit", (event) => event.preventDefault());
filters.addEventListener("change", (event) => {
  if (event.target.name === "search") return;
  if (event.target.name === "sort") descending = false;
  if (event.target.name === "course") filters.elements.section.value = filters.elements.homework.value = "";
  ask();
});
let typing;
filters.elements.search.addEventListener("input", () => {
  clearTimeout(typing);
  typing = setTimeout(ask, SEARCH_AFTER_MS);
});
document.querySelector("#students thead").addEventListener("click", (event) => {
  const name = event.target.closest("button")?.dataset.sort;
  if (!name) return;
  const { sort } = filters.elements;
  descending = sort.value === name && !descending;
  sort.value = name;
  ask();
});
document.getElementById("pages").addEventListener("click", (event) => {
  const step = event.target.closest("button");
  if (step && step.ariaDisabled !== "true") ask(page + Number(step.dataset.step));
});
document.querySelector("#chosen button").addEventListener("click", () => {
  chosen = undefined;
  ask();
});

/** The keys up and down move the focus to the previous and the next student. */
body.addEventListener("keydown", (event) => {
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  const target = step && event.target.closest("tr")?.[step]?.querySelector("button");
  if (target) {
    event.preventDefault();
    target.focus();
  }
});

let health = {};
const rates = new Rates();

/** Whether the server has refused the last request, because nobody has signed in, or somebody without a role. */
let refused = false;

async function lookAtHealth() {
  try {
    const answer = await fetch("/api/status");
    refused = answer.status === 401 || answer.status === 403;
    health = await answer.json();
    rates.take(new Date(health.at).getTime(), { events: health.events, programs: health.programs });
  } catch {
    health = {};
    live = false;
  }
  drawHealth();
  DRAW.help();
}

function drawHealth() {
  pairs(document.getElementById("health"), [
    ["events", health.events], ["event_rate", rates.of("events")?.toFixed(1)],
    ["program_rate", health.losses === undefined ? "" : rates.of("programs")?.toFixed(1)],
    ["losses", health.losses], ["waiting", health.waiting],
    ["backend", health.backend_away === undefined ? "" : word(health.backend_away ? "away" : "up")],
    ["", word(refused ? "refused" : live ? "connected" : "disconnected")],
  ]);
}

function translate() {
  document.documentElement.lang = language;
  for (const it of document.querySelectorAll("[data-word]")) it.textContent = word(it.dataset.word);
  for (const it of document.querySelectorAll("[data-label-word]")) it.ariaLabel = word(it.dataset.labelWord);
  const other = document.getElementById("language");
  other.textContent = language === "ko" ? "English" : "한국어";
  other.lang = language === "ko" ? "en" : "ko";
  draw();
  drawHealth();
  drawStudent();
}

document.getElementById("language").addEventListener("click", () => {
  speak(language === "ko" ? "en" : "ko");
  translate();
});

function showNames() {
  document.getElementById("names").setAttribute("aria-pressed", areHidden());
}

document.getElementById("names").addEventListener("click", () => {
  hide(!areHidden());
  showNames();
  draw();
  drawStudent();
});

showNames();
translate();
listen();
lookAtHealth();
setInterval(lookAtHealth, 5000);
