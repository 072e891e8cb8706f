// The page: rows that live, a dialog for one student's homework. No library, and nothing from anywhere else.

import { element } from "./elements.js";
import { Rates } from "./rates.js";
import { story } from "./story.js";
import { TimeLine } from "./timeline.js";
import { clock, language, speak, time, word } from "./words.js";

const STATES = ["not_started", "working", "built", "ran", "requirements_met", "late"];
const TONE = { requirements_met: "ok", ran: "ok", built: "ok", working: "failed", late: "crashed", not_started: "stopped" };
const SERIOUS = { stuck: "crashed", "crash-loop": "crashed", "infinite-loop": "stopped" };

/** Signs that call for a person; the others only describe how somebody works. */
const CALLS = ["stuck", "crash-loop", "infinite-loop"];

/** After a longer pause, a student is not at work any more: the analysis ends a session then, too. */
const PAUSE_MAX = 30 * 60 * 1000;

/** A semester has thousands of rows; nobody reads on so far. Those with signs of trouble come first. */
const ROWS_MAX = 500;

const works = new Map();
const filters = document.getElementById("filters");
const body = document.querySelector("#students tbody");
const detail = document.getElementById("detail");

const keyOf = (work) => [work.class_div, work.homework_dir, work.student_id].join("/");
const course = (work) => work.class_div.slice(0, work.class_div.lastIndexOf("-"));
const section = (work) => work.class_div.slice(work.class_div.lastIndexOf("-") + 1);
/** Whether names are hidden, such as for a projector. The browser remembers it. */
let anonymous = localStorage.getItem("names") === "hidden";

/** The students by number, in the order of their ids. */
let numbers = new Map();
const student = (work) => `${work.class_div} ${work.student_id}`;
const nameOf = (work) => anonymous ? `${work.class_div} #${numbers.get(student(work))}` : student(work);
const facets = { course, section, homework: (work) => work.homework_dir, state: (work) => work.state };

/** What a teacher should see first of a student: signs that are there now. */
function signs(work) {
  const found = Object.entries(work.patterns)
    .filter(([, places]) => places.some((place) => place.ongoing))
    .map(([name]) => [name, SERIOUS[name] ?? "stopped"]);
  if (work.figures.failure_streak > 1 && !work.patterns.stuck?.some((place) => place.ongoing)) {
    found.push([`${word("failing")} ×${work.figures.failure_streak}`, "failed"]);
  }
  return found;
}

/** Builds stand below the line in which runs stand; height and colour say how they ended. */
function spark(work) {
  const recent = work.recent;
  const words = recent.slice(-5).map((it) => `${word(it.kind)} ${word(it.ending)}`).join(", ");
  const svg = element("svg", { width: 150, height: 22, viewBox: "0 0 150 22", role: "img", "aria-label": words });
  recent.forEach((it, index) => {
    const height = it.ending === "ok" ? 6 : 10;
    svg.append(element("rect", {
      x: index * 5, y: it.kind === "run" ? 11 - height : 12, width: 4, height, class: it.ending,
    }));
  });
  return svg;
}

function cell(label, content, className) {
  const it = element("td", { "data-label": word(label), ...(className ? { class: className } : {}) });
  it.append(content);
  return it;
}

function row(work) {
  const { figures } = work;
  const name = element("button", { type: "button", text: nameOf(work) });
  name.addEventListener("click", () => show(work));
  const found = element("span");
  for (const [sign, tone] of signs(work)) found.append(element("span", { class: `tag ${tone}`, text: word(sign) }));
  const failed = figures.failed_builds ? ` (${figures.failed_builds} ${word("failed_of")})` : "";
  const crashes = Object.values(figures.crashes).reduce((sum, count) => sum + count, 0);
  return element("tr", { "data-key": keyOf(work) },
    cell("student", name),
    cell("homework", work.homework_dir),
    cell("state", element("span", { class: TONE[work.state], text: word(work.state) })),
    cell("trouble", found),
    cell("builds", `${figures.builds}${failed}`, "number"),
    cell("runs", `${figures.runs}${crashes ? ` (${crashes} ${word("crashed")})` : ""}`, "number"),
    cell("latest", spark(work)),
    cell("seen", clock(figures.last_activity), "number"));
}

const matches = (work) => Object.entries(facets)
  .every(([name, of]) => !filters.elements[name].value || of(work) === filters.elements[name].value);

/** Whether a student is at work now. */
function isAtWork(work) {
  const { last_activity: last, longest_running: running } = work.figures;
  return running !== undefined || Date.now() - new Date(last ?? 0) <= PAUSE_MAX;
}

/** What calls for a person now, with the time since when. A teacher who was there has answered it, until it shows again. */
function calls(work) {
  if (!isAtWork(work)) return [];
  return CALLS.filter((sign) => !work.answered?.includes(sign)).flatMap((sign) => (work.patterns[sign] ?? []).filter((place) => place.ongoing)
    .map((place) => ({ work, sign, count: place.activities, since: Date.now() - new Date(place.from) })));
}

function call({ work, sign, count, since }) {
  const name = element("button", { type: "button", "data-key": keyOf(work), text: nameOf(work) });
  name.addEventListener("click", () => show(work));
  const come = element("button", {
    type: "button", class: "come", "data-key": `come ${keyOf(work)}`, text: word("come"),
    "aria-label": `${word("come")}: ${nameOf(work)}, ${work.homework_dir}`,
  });
  come.addEventListener("click", () => intervene(work, come));
  return element("li", {}, name, ` ${work.homework_dir} `,
    element("span", { class: `tag ${SERIOUS[sign]}`, text: word(sign) }),
    `${count} ${word(`why-${sign}`)} `,
    element("span", { class: "for", text: `${word("since")} ${time(since)}` }), " ", come);
}

/** The students with whom a teacher is: whose trouble is answered, and who have not recovered yet. */
function accompanied(work) {
  const last = work.interventions?.at(-1);
  const answered = CALLS.some((sign) => work.answered?.includes(sign));
  return last && answered && last.recovery_ms === undefined && isAtWork(work) ? [{ work, last }] : [];
}

function companion({ work, last }) {
  const name = element("button", { type: "button", "data-key": keyOf(work), text: nameOf(work) });
  name.addEventListener("click", () => show(work));
  return element("li", {}, name, ` ${work.homework_dir} `,
    element("span", { class: "for", text: `${last.teacher ?? word("a_teacher")}, ${word("since")} ${time(Date.now() - new Date(last.at))}` }));
}

/** The name by which other teachers know this one; the browser remembers it. */
const teacher = document.getElementById("teacher");
teacher.value = localStorage.getItem("teacher") ?? "";
teacher.addEventListener("change", () => localStorage.setItem("teacher", teacher.value.trim()));

/** Says to all teachers that this one is with a student. The list changes when the server has it. */
async function intervene(work, button) {
  if (button.ariaDisabled === "true") return;
  button.ariaDisabled = "true";
  const said = document.getElementById("said");
  try {
    const answer = await fetch("/api/workflow/interventions", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        course: course(work), section: section(work), homework: work.homework_dir, student: work.student_id,
        teacher: teacher.value.trim(),
      }),
    });
    if (!answer.ok) throw new Error(answer.statusText);
    said.textContent = `${word("with_student")}: ${nameOf(work)}`;
  } catch {
    button.ariaDisabled = "false";
    said.textContent = word("not_saved");
  }
}

/** The works that the filters let through. */
let visible = [];

/** Who may need help now: those first who have waited longest. */
function drawHelp() {
  const help = document.getElementById("help");
  const list = help.querySelector("ol");
  const focused = list.contains(document.activeElement) && document.activeElement.dataset.key;
  const found = visible.flatMap(calls).sort((a, b) => b.since - a.since);
  help.hidden = found.length === 0;
  list.replaceChildren(...found.map(call));
  const busy = visible.flatMap(accompanied).sort((a, b) => a.last.at.localeCompare(b.last.at));
  document.getElementById("with").hidden = busy.length === 0;
  document.querySelector("#with ol").replaceChildren(...busy.map(companion));
  document.getElementById("teachers").hidden = found.length + busy.length === 0;
  if (focused) {
    const same = list.querySelector(`[data-key="${CSS.escape(focused)}"]`);
    (same ?? document.querySelector("#help ol button, #with ol button"))?.focus();
  }
}

/** The error whose students alone are shown: homework and type. */
let chosen;

const hasChosen = (work) => !chosen
  || (`${course(work)} ${work.homework_dir}` === chosen.homework && work.errors?.some((it) => it.type === chosen.type));

/** How many errors a homework shows: the page is for those that many students have. */
const ERRORS_MAX = 8;

/** Keeps the keyboard where it was. */
function draw(fresh = new Set()) {
  numbers = new Map([...new Set([...works.values()].map(student))].sort().map((name, index) => [name, index + 1]));
  const focused = document.activeElement?.closest?.("tr")?.dataset.key;
  const shown = [...works.values()].filter(matches).filter(hasChosen)
    .map((work) => ({ work, signs: signs(work).length, key: keyOf(work) }))
    .sort((a, b) => b.signs - a.signs || a.key.localeCompare(b.key))
    .map(({ work }) => work);
  body.replaceChildren(...shown.slice(0, ROWS_MAX).map(row));
  for (const tr of body.rows) {
    if (fresh.has(tr.dataset.key)) tr.classList.add("new");
    if (tr.dataset.key === focused) tr.querySelector("button").focus();
  }
  const more = document.getElementById("more");
  more.hidden = shown.length <= ROWS_MAX;
  more.textContent = `+ ${shown.length - ROWS_MAX}: ${word("narrow")}`;
  document.getElementById("nothing").hidden = shown.length > 0;
  document.getElementById("students").hidden = shown.length === 0;
  visible = shown;
  drawHelp();
  drawProgress(shown);
  drawErrors();
}

/** The errors that students have now, by homework and type. Which come first is decided by how many have them. */
function drawErrors() {
  const open = [...works.values()].filter(matches)
    .flatMap((work) => (work.errors ?? []).map((error) => ({ ...error, homework: `${course(work)} ${work.homework_dir}` })));
  const homeworks = Map.groupBy(open, (error) => error.homework);
  document.getElementById("errors-section").hidden = open.length === 0 && !chosen;
  const line = document.getElementById("chosen");
  line.hidden = !chosen;
  line.querySelector("span").textContent = chosen ? `${chosen.homework}: ${chosen.type}` : "";
  document.getElementById("errors").replaceChildren(...[...homeworks].sort().map(([homework, errors]) => {
    const types = [...Map.groupBy(errors, (error) => error.type)]
      .map(([type, of]) => ({ type, of, since: of.map((it) => it.since).sort()[0] }))
      .sort((a, b) => b.of.length - a.of.length || a.type.localeCompare(b.type));
    return element("li", {}, element("strong", { text: homework }),
      element("ol", {}, ...types.slice(0, ERRORS_MAX).map(({ type, of, since }) => {
        const name = element("button", { type: "button", text: type });
        name.addEventListener("click", () => {
          chosen = { homework, type };
          draw();
        });
        return element("li", {}, name,
          element("span", { text: ` ${of.length} ${word("students_with")}, ${word("since_time")} ${clock(since)}` }));
      })));
  }));
}

function drawProgress(shown) {
  const homeworks = Map.groupBy(shown, (work) => `${course(work)} ${work.homework_dir}`);
  document.getElementById("progress").replaceChildren(...[...homeworks].sort().map(([name, of]) => {
    const bar = element("div", { class: "bar", "aria-hidden": "true" });
    const counts = STATES.map((state) => [state, of.filter((work) => work.state === state).length]).filter(([, n]) => n);
    for (const [state, count] of counts) {
      const part = element("div", { class: `part ${TONE[state]}` });
      part.style.flexGrow = count;
      bar.append(part);
    }
    return element("li", {}, element("strong", { text: name }), bar,
      element("span", { text: counts.map(([state, count]) => `${word(state)} ${count}`).join(" · ") }));
  }));
}

function drawFilters() {
  for (const [name, of] of Object.entries(facets)) {
    const select = filters.elements[name];
    const chosen = select.value;
    const values = [...new Set([...works.values()].map(of))].sort();
    select.replaceChildren(element("option", { value: "", text: word("all") }),
      ...values.map((value) => element("option", { value, text: name === "state" ? word(value) : value })));
    select.value = values.includes(chosen) ? chosen : "";
  }
}

function pairs(list, entries) {
  list.replaceChildren(...entries.filter(([, value]) => value !== undefined && value !== "")
    .map(([label, value]) => element("div", {}, element("dt", { text: word(label) }), element("dd", { text: value }))));
}

/** The key of the work that the dialog shows. */
let shown;

function show(work) {
  shown = keyOf(work);
  drawHomework(work);
  detail.showModal();
  fill(work, true);
}

/** What has ended, in order, and behind it what runs. */
async function activities(work) {
  const query = new URLSearchParams({
    course: course(work), section: section(work), homework: work.homework_dir, student: work.student_id,
  });
  const ended = await (await fetch(`/api/workflow/attempts?${query}`)).json();
  const running = work.figures.longest_running;
  return running ? [...ended, { ...running, kind: "run", ending: "running" }] : ended;
}

/** The other homework of the same student. */
function drawHomework(work) {
  const all = [...works.values()].filter((it) => student(it) === student(work))
    .sort((a, b) => a.homework_dir.localeCompare(b.homework_dir, undefined, { numeric: true }));
  const list = document.getElementById("homework");
  const focused = list.contains(document.activeElement) && document.activeElement.dataset.key;
  list.parentElement.hidden = all.length < 2;
  list.replaceChildren(...all.map((it) => {
    const open = element("button", { type: "button", "data-key": keyOf(it), text: `${it.homework_dir}: ${word(it.state)}` });
    if (it === work) open.setAttribute("aria-current", "true");
    open.addEventListener("click", () => {
      shown = keyOf(it);
      fill(it, true);
    });
    return element("li", {}, open);
  }));
  if (focused) list.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

async function fill(work, fresh) {
  const { figures } = work;
  drawHomework(work);
  document.getElementById("detail-title").textContent = `${nameOf(work)}, ${work.homework_dir}`;
  pairs(document.getElementById("figures"), [
    ["state", word(work.state)],
    ["active", time(figures.active_ms)],
    ["streak", `${figures.failure_streak} (${word("worst")} ${figures.worst_failure_streak})`],
    ["repair", figures.median_repair_ms && time(figures.median_repair_ms)],
    ["crashes", Object.entries(figures.crashes).map(([signal, count]) => `${signal} ×${count}`).join(", ")],
    ["pairs", figures.failure_pair_ratio?.toFixed(2)],
    ["errors_now", work.errors?.map((it) => `${it.message ?? it.type}${it.place ? ` (${it.place})` : ""} ×${it.activities}`).join("; ")],
    ["reasons", Object.values(work.patterns).flat().filter((it) => it.ongoing && it.reason).map((it) => it.reason).join("; ")],
    ["quotient", work.measures?.error_quotient?.toFixed(2)],
    ["density", work.measures?.repeated_error_density?.toFixed(2)],
    ["interventions", work.interventions?.map((it) => `${clock(it.at)}${it.teacher ? ` ${it.teacher}` : ""}${
      it.recovery_ms === undefined ? "" : `, ${word("recovered")} ${time(it.recovery_ms)}`}`).join("; ")],
    ["tools", figures.tools.join(", ")],
    ["running", figures.longest_running && `${figures.longest_running.target} ${clock(figures.longest_running.started_at)}, ${word("computed")} ${time(figures.longest_running.cpu_ms)}`],
  ]);
  const found = await activities(work);
  if (shown !== keyOf(work)) return;
  document.getElementById("story").textContent = story(found);
  document.querySelector("#timeline ol").replaceChildren(...lines(work, found));
  timeLine.show(work.sessions, found, fresh);
}

/** An activity a line, and a line where a session follows another. */
function lines(work, found) {
  const pauses = new Map(work.sessions.slice(1)
    .map((session, index) => [session.from, new Date(session.from) - new Date(work.sessions[index].to)]));
  return found.flatMap((it) => {
    const line = element("li", { class: "activity" },
      element("time", { datetime: it.started_at, text: clock(it.started_at) }),
      element("span", { text: word(it.kind) }),
      element("span", { class: it.ending, text: `${word(it.ending)}${it.signal ? ` ${it.signal}` : ""}` }),
      element("span", { text: it.ended_at ? time(it.duration_ms) : "" }),
      element("span", { text: it.target + (it.built_on ? ` (${word("built_on")} ${it.built_on})` : "") + (it.failed_checks?.length ? ` (${word("misses")}: ${it.failed_checks.join(", ")})` : "") }));
    for (const said of it.diagnostics ?? []) {
      const place = said.file || said.line ? `${said.file ?? ""}:${said.line ?? ""} ` : "";
      line.append(element("span", {
        class: `said ${said.severity === "error" ? "failed" : "stopped"}`, text: `${place}${said.message ?? said.type}`,
      }));
    }
    const pause = pauses.get(it.started_at);
    pauses.delete(it.started_at);
    return pause ? [element("li", { class: "pause", text: `${word("pause")} ${time(pause)}` }), line] : [line];
  });
}

const timeLine = new TimeLine(document.getElementById("chart"), document.getElementById("reading"), (index) => {
  document.querySelectorAll("#timeline li.activity").forEach((line, number) => {
    line.classList.toggle("chosen", number === index);
    if (number === index) line.scrollIntoView({ block: "nearest" });
  });
});
window.addEventListener("resize", () => detail.open && fill(works.get(shown)));
detail.addEventListener("close", () => { shown = undefined; });

/** Up and down go from student to student. */
body.addEventListener("keydown", (event) => {
  const step = { ArrowDown: "nextElementSibling", ArrowUp: "previousElementSibling" }[event.key];
  const target = step && event.target.closest("tr")?.[step]?.querySelector("button");
  if (target) {
    event.preventDefault();
    target.focus();
  }
});

let live = false;
let health = {};
const rates = new Rates();

async function lookAtHealth() {
  try {
    health = await (await fetch("/api/status")).json();
    rates.take(new Date(health.at).getTime(), { events: health.events, programs: health.programs });
  } catch {
    health = {};
    live = false;
  }
  drawHealth();
  drawHelp();
}

function drawHealth() {
  pairs(document.getElementById("health"), [
    ["events", health.events], ["event_rate", rates.of("events")?.toFixed(1)],
    ["program_rate", rates.of("programs")?.toFixed(1)], ["losses", health.losses], ["waiting", health.waiting],
    ["backend", health.backend_away === undefined ? "" : word(health.backend_away ? "away" : "up")],
    ["", word(live ? "connected" : "disconnected")],
  ]);
}

function translate() {
  document.documentElement.lang = language;
  for (const it of document.querySelectorAll("[data-word]")) it.textContent = word(it.dataset.word);
  const other = document.getElementById("language");
  other.textContent = language === "ko" ? "English" : "한국어";
  other.lang = language === "ko" ? "en" : "ko";
  drawFilters();
  draw();
  drawHealth();
}

document.getElementById("language").addEventListener("click", () => {
  speak(language === "ko" ? "en" : "ko");
  translate();
});
filters.addEventListener("change", () => draw());
document.querySelector("#chosen button").addEventListener("click", () => {
  chosen = undefined;
  draw();
});

function showNames() {
  document.getElementById("names").setAttribute("aria-pressed", anonymous);
}

document.getElementById("names").addEventListener("click", () => {
  anonymous = !anonymous;
  localStorage.setItem("names", anonymous ? "hidden" : "shown");
  showNames();
  draw();
});

function take(changed) {
  for (const work of changed) works.set(keyOf(work), work);
  drawFilters();
  draw(new Set(changed.map(keyOf)));
  if (changed.some((work) => keyOf(work) === shown)) fill(works.get(shown));
}

async function takeAll() {
  take(await (await fetch("/api/workflow")).json());
}

/** What changes, while it does; after a break all that is known once more, so that nothing is missed. */
function listen() {
  const changes = new EventSource("/api/workflow/changes");
  changes.addEventListener("open", () => {
    live = true;
    takeAll();
    lookAtHealth();
  });
  changes.addEventListener("message", (event) => take(JSON.parse(event.data)));
  changes.addEventListener("error", () => {
    live = false;
    drawHealth();
  });
}

showNames();
translate();
takeAll();
listen();
setInterval(lookAtHealth, 5000);
