// Shows the progress of the class with each homework, step by step, and the most common errors.

import { element } from "./elements.js";
import { stepName } from "./help.js";
import { clock, counted, word } from "./words.js";

const TONE = {
  not_started: "stopped", working: "failed", built: "ok", ran: "ok", milestone: "ok", requirement: "ok", done: "ok", late: "crashed",
};

/** Whether the user has opened or closed a homework, by key. */
const toggled = new Map();

function line(label, count, of, tone) {
  const part = element("span", { class: `part ${tone}` });
  part.style.width = `${of ? 100 * count / of : 0}%`;
  return element("li", {}, element("span", { text: label }),
    element("span", { class: "track", "aria-hidden": "true" }, part), element("span", { class: "number", text: count }));
}

/** A homework that the user can open and close. A redraw keeps it open or closed. */
function homework(kind, it, brief, open, ...content) {
  const name = `${it.course} ${it.homework}`;
  const key = `${kind} ${name}`;
  const details = element("details", { "data-key": key },
    element("summary", {}, element("strong", { text: name }), element("span", { text: ` ${brief}` })), ...content);
  details.open = toggled.get(key) ?? open;
  details.querySelector("summary").addEventListener("click", () => toggled.set(key, !details.open));
  return element("li", {}, details);
}

function funnel(it, open) {
  const done = it.steps.find(({ step }) => step === "done");
  const brief = [`${word("started")} ${it.students - it.not_started} / ${it.students}`,
    ...(done ? [`${word("step_done")} ${done.students}`] : []), ...(it.at_work ? [`${word("at_work")} ${it.at_work}`] : [])];
  return homework("funnel", it, brief.join(" · "), open,
    element("ol", {},
      line(word("not_started"), it.not_started, it.students, TONE.not_started),
      ...it.steps.map((step) => line(stepName(step), step.students, it.students, TONE[step.step])),
      ...(it.late ? [line(word("late"), it.late, it.students, TONE.late)] : [])));
}

const natural = (a, b) => a.localeCompare(b, undefined, { numeric: true });
const inOrder = (some) => [...some].sort((a, b) => natural(a.course, b.course) || natural(a.homework, b.homework));

/** Draws a list of homeworks, and keeps the keyboard focus. */
function draw(list, items) {
  const focused = list.contains(document.activeElement) && document.activeElement.closest("details")?.dataset.key;
  list.replaceChildren(...items);
  if (focused) list.querySelector(`[data-key="${CSS.escape(focused)}"] summary`)?.focus();
}

/** Up to this number of homeworks, all are open at the beginning. */
const OPEN_MAX = 3;

/** Draws the funnels. If there are few homeworks, all are open; otherwise the one on which most students work now. */
export function drawFunnels(funnels) {
  const busiest = Math.max(...funnels.map((it) => it.at_work));
  draw(document.getElementById("progress"), inOrder(funnels)
    .map((it) => funnel(it, funnels.length <= OPEN_MAX || (busiest > 0 && it.at_work === busiest))));
}

/** Draws the errors that students have now, by homework and type. The most frequent errors come first. */
export function drawErrors(errors, chosen, choose) {
  document.getElementById("errors-section").hidden = errors.length === 0 && !chosen;
  const said = document.getElementById("chosen");
  said.hidden = !chosen;
  said.querySelector("span").textContent = chosen ? `${chosen.course} ${chosen.homework}: ${chosen.type}` : "";
  const homeworks = Map.groupBy(errors, (error) => `${error.course} ${error.homework}`);
  draw(document.getElementById("errors"), inOrder([...homeworks.values()].map((types) => ({ ...types[0], types })))
    .map((it) => homework("errors", it, it.types.length, homeworks.size <= OPEN_MAX,
      element("ol", {}, ...it.types.map((error) => {
        const name = element("button", { type: "button", text: error.type });
        name.addEventListener("click", () => choose(error));
        return element("li", {}, name, element("span", {
          text: ` ${counted(error.students, "students_with")}, ${word("since_time")} ${clock(error.since)}`,
        }));
      })))));
}
