// The dialog of one student: all homeworks compared with the class, and one homework in detail.

import { element } from "./elements.js";
import { intervene, stepName } from "./help.js";
import { courseOf, nameOf, sectionOf } from "./names.js";
import { cell, TONE } from "./rows.js";
import { story } from "./story.js";
import { TimeLine } from "./timeline.js";
import { clock, phrase, time, word } from "./words.js";

const detail = document.getElementById("detail");

/** The student and the homework in the dialog, and their data. */
let shown;
let homeworks = [];
let activities = [];
let changes;

const timeLine = new TimeLine(document.getElementById("chart"), document.getElementById("reading"), (index) => {
  document.querySelectorAll("#timeline li.activity").forEach((line, number) => {
    line.classList.toggle("chosen", number === index);
    if (number === index) line.scrollIntoView({ block: "nearest" });
  });
});

const query = (more) => new URLSearchParams({
  course: courseOf(shown), section: sectionOf(shown), student: shown.student_id, ...more,
});

export function pairs(list, entries) {
  list.replaceChildren(...entries.filter(([, value]) => value !== undefined && value !== "")
    .map(([label, value]) => element("div", {}, element("dt", { text: word(label) }), element("dd", { text: value }))));
}

/** Opens the dialog. Until it is closed, it shows new activities of the student. */
export function show(work) {
  shown = { ...work };
  homeworks = [];
  activities = [];
  come.ariaDisabled = "false";
  said.textContent = "";
  draw(true);
  detail.showModal();
  load(true);
  changes = new EventSource(`/api/workflow/changes?${query()}`);
  changes.addEventListener("message", () => load(false));
}

const come = document.getElementById("come");
const said = document.getElementById("detail-said");
come.addEventListener("click", () => intervene(shown, come, said));

detail.addEventListener("close", () => {
  changes?.close();
  changes = undefined;
  shown = undefined;
});
window.addEventListener("resize", () => detail.open && draw(false));

const current = () => homeworks.find(({ work }) => work.homework_dir === shown.homework_dir);

/** Loads the ended activities in order, followed by the running program. */
async function load(fresh) {
  const asked = shown;
  const [all, ended] = await Promise.all([
    fetch(`/api/class/student?${query()}`), fetch(`/api/workflow/attempts?${query({ homework: shown.homework_dir })}`),
  ].map(async (answer) => (await answer).json()));
  if (shown !== asked) return;
  homeworks = all.sort((a, b) => a.work.homework_dir.localeCompare(b.work.homework_dir, undefined, { numeric: true }));
  const running = current()?.work.figures.longest_running;
  activities = running ? [...ended, { ...running, kind: "run", ending: "running" }] : ended;
  draw(fresh);
}

/** Draws the dialog again, such as after a change of the language. */
export function drawStudent() {
  if (detail.open) draw(false);
}

/** A figure, followed by the median of the class. */
function compared(label, own, median) {
  const it = element("span", { text: own ?? "–" });
  if (median !== undefined) it.append(" ", element("small", { text: `${word("median")} ${median}` }));
  return cell(label, it, "number");
}

/** The rows of a homework: its figures, and its story. The detailed homework shows its story elsewhere. */
function homeworkRows({ work, story: episodes, medians }) {
  const { figures } = work;
  const open = element("button", { type: "button", "data-key": work.homework_dir, text: work.homework_dir });
  const current = work.homework_dir === shown.homework_dir;
  if (current) open.setAttribute("aria-current", "true");
  open.addEventListener("click", () => {
    shown = { ...shown, homework_dir: work.homework_dir };
    come.ariaDisabled = "false";
    said.textContent = "";
    load(true);
  });
  const repair = figures.median_repair_ms;
  const words = element("tr", { class: "words" }, element("td", { colspan: 8, text: story(episodes, figures.longest_running) }));
  return [element("tr", {},
    cell("homework", open),
    cell("state", element("span", { class: TONE[work.state], text: word(work.state) })),
    compared("builds", figures.builds, medians?.builds),
    compared("failed_builds", figures.failed_builds, medians?.failed_builds),
    compared("runs", figures.runs, medians?.runs),
    compared("active", time(figures.active_ms), medians && time(medians.active_ms)),
    compared("repair", repair === undefined ? undefined : time(repair),
      medians?.repair_ms === undefined ? undefined : time(medians.repair_ms)),
    cell("class_size", String(medians?.students ?? ""), "number")), ...(current ? [] : [words])];
}

function drawHomeworks() {
  const body = document.querySelector("#homework tbody");
  const focused = body.contains(document.activeElement) && document.activeElement.dataset.key;
  body.replaceChildren(...homeworks.flatMap(homeworkRows));
  document.getElementById("homework").hidden = homeworks.length === 0;
  if (focused) body.querySelector(`[data-key="${CSS.escape(focused)}"]`)?.focus();
}

function draw(fresh) {
  document.getElementById("detail-title").textContent = `${nameOf(shown)}, ${shown.homework_dir}`;
  drawHomeworks();
  const it = current();
  document.getElementById("story").textContent = it ? story(it.story, it.work.figures.longest_running) : "";
  drawFigures(it?.work);
  document.querySelector("#timeline ol").replaceChildren(...lines(it?.work.sessions ?? [], activities));
  timeLine.show(it?.work.sessions ?? [], activities, fresh);
}

function drawFigures(work) {
  const list = document.getElementById("figures");
  if (!work) {
    list.replaceChildren();
    return;
  }
  const { figures } = work;
  pairs(list, [
    ["state", word(work.state)],
    ["steps", work.steps.filter((it) => !it.reached && it.name).map(stepName).join(", ")],
    ["active", time(figures.active_ms)],
    ["streak", `${figures.failure_streak} (${word("worst")} ${figures.worst_failure_streak})`],
    ["repair", figures.median_repair_ms && time(figures.median_repair_ms)],
    ["crashes", Object.entries(figures.crashes).map(([signal, count]) => `${signal} ×${count}`).join(", ")],
    ["pairs", figures.failure_pair_ratio?.toFixed(2)],
    ["errors_now", work.errors?.map((it) => `${it.message ?? it.type}${it.place ? ` (${it.place})` : ""} ×${it.activities}`).join("; ")],
    ["reasons", Object.values(work.patterns).flat().filter((it) => it.ongoing && it.reason).map((it) => phrase(it.reason)).join("; ")],
    ["quotient", work.measures?.error_quotient?.toFixed(2)],
    ["density", work.measures?.repeated_error_density?.toFixed(2)],
    ["interventions", work.interventions?.map((it) => `${clock(it.at)}${it.teacher ? ` ${it.teacher}` : ""}${
      it.recovery_ms === undefined ? "" : `, ${word("recovered")} ${time(it.recovery_ms)}`}`).join("; ")],
    ["tools", figures.tools.join(", ")],
    ["running", figures.longest_running && `${figures.longest_running.target} ${clock(figures.longest_running.started_at)}, ${word("computed")} ${time(figures.longest_running.cpu_ms)}`],
  ]);
}

/** One line per activity, and one line per pause between two sessions. */
function lines(sessions, found) {
  const pauses = new Map(sessions.slice(1)
    .map((session, index) => [session.from, new Date(session.from) - new Date(sessions[index].to)]));
  return found.flatMap((it) => {
    const line = element("li", { class: "activity" },
      element("time", { datetime: it.started_at, text: clock(it.started_at) }),
      element("span", { text: word(it.kind) }),
      element("span", { class: it.ending, text: `${word(it.ending)}${it.signal ? ` ${it.signal}` : ""}` }),
      element("span", { text: it.ended_at ? time(it.duration_ms) : "" }),
      element("span", { text: it.target + (it.built_on ? ` (${word("built_on")} ${it.built_on})` : "") + (it.failed_checks?.length ? ` (${word("misses")}: ${it.failed_checks.map(phrase).join(", ")})` : "") }));
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
