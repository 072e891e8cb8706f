// Lists the students who may need help now, and the students with whom a teacher is.

import { element } from "./elements.js";
import { courseOf, nameOf, sectionOf } from "./names.js";
import { tag } from "./rows.js";
import { counted, phrase, time, word } from "./words.js";

/** The name that other teachers see. The browser stores it. */
const teacher = document.getElementById("teacher");
teacher.value = localStorage.getItem("teacher") ?? "";
teacher.addEventListener("change", () => localStorage.setItem("teacher", teacher.value.trim()));

const age = (iso) => time(Math.max(0, Date.now() - new Date(iso)), 0);

/** The name of a step. Course files have the names of milestones; the server has those of requirements. */
export const stepName = ({ step, name }) => (step === "requirement" ? phrase(name) : name) ?? word(`step_${step}`);

function why({ sign, activities, reason, comparison }) {
  if (!comparison) return { text: `${counted(activities, `why-${sign}`)} `, ...(reason ? { title: phrase(reason) } : {}) };
  const words = word("why-longer-than-class").replace("{time}", time(comparison.time_ms))
    .replace("{share}", comparison.share).replace("{students}", comparison.students)
    .replace("{within}", time(comparison.within_ms)).replace("{step}", stepName(comparison));
  return { text: `${words} ` };
}

function button(it, show) {
  const name = element("button", { type: "button", "data-key": it.key, text: nameOf(it) });
  name.addEventListener("click", () => show(it));
  return name;
}

function call(it, show) {
  const come = element("button", {
    type: "button", class: "come", "data-key": `come ${it.key}`, text: word("come"),
    "aria-label": `${word("come")}: ${nameOf(it)}, ${it.homework_dir}`,
  });
  come.addEventListener("click", () => intervene(it, come, document.getElementById("said")));
  const since = it.signs.map(({ since }) => since).sort()[0];
  return element("li", {}, button(it, show), ` ${it.homework_dir} `,
    ...it.signs.flatMap((sign) => [tag(sign.sign), " ", element("span", why(sign))]),
    element("span", { class: "for", text: `${word("since")} ${age(since)}` }), " ", come);
}

const companion = (it, show) => element("li", {}, button(it, show), ` ${it.homework_dir} `,
  element("span", { class: "for", text: `${it.teacher ?? word("a_teacher")}, ${word("since")} ${age(it.at)}` }));

/**
 * Shows all teachers that this teacher is with a student. The list changes after the server has stored it.
 *
 * @param come the button, which is disabled until the request has failed
 * @param said the element that shows the result
 */
export async function intervene(it, come, said) {
  if (come.ariaDisabled === "true") return;
  come.ariaDisabled = "true";
  try {
    const answer = await fetch("/api/workflow/interventions", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        course: courseOf(it), section: sectionOf(it), homework: it.homework_dir, student: it.student_id,
        teacher: teacher.value.trim(),
      }),
    });
    if (!answer.ok) throw new Error(answer.statusText);
    said.textContent = `${word("with_student")}: ${nameOf(it)}`;
  } catch {
    come.ariaDisabled = "false";
    said.textContent = word("not_saved");
  }
}

/** Draws both lists, and keeps the keyboard focus. */
export function drawHelp(view, show) {
  const help = document.getElementById("help");
  const list = help.querySelector("ol");
  const focused = list.contains(document.activeElement) && document.activeElement.dataset.key;
  help.hidden = view.help.length === 0;
  list.replaceChildren(...view.help.map((it) => call(it, show)));
  document.getElementById("with").hidden = view.helped.length === 0;
  document.querySelector("#with ol").replaceChildren(...view.helped.map((it) => companion(it, show)));
  document.getElementById("teachers").hidden = view.help.length + view.helped.length === 0;
  if (focused) {
    const same = list.querySelector(`[data-key="${CSS.escape(focused)}"]`);
    (same ?? document.querySelector("#help ol button, #with ol button"))?.focus();
  }
}
