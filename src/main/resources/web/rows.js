// A row of the table: one student's work on one homework.

import { element } from "./elements.js";
import { nameOf } from "./names.js";
import { clock, word } from "./words.js";

export const TONE = {
  requirements_met: "ok", ran: "ok", built: "ok", working: "failed", late: "crashed", not_started: "stopped", opted_out: "stopped",
};
const SERIOUS = { stuck: "crashed", "crash-loop": "crashed", "longer-than-class": "failed" };

export const tag = (sign) => element("span", { class: `tag ${SERIOUS[sign] ?? "stopped"}`, text: word(sign) });

/** The current signs of trouble of a student. */
function signs(work) {
  const found = work.signs.map(({ sign }) => tag(sign));
  if (work.failure_streak > 1 && !work.signs.some(({ sign }) => sign === "stuck")) {
    found.push(element("span", { class: "tag failed", text: `${word("failing")} ×${work.failure_streak}` }));
  }
  return element("span", {}, ...found);
}

/** Draws recent activities: runs in the upper line, builds in the lower line. Height and colour show the ending. */
function spark(work) {
  const recent = work.recent.map((it) => it.split(" "));
  const words = recent.slice(-5).map(([kind, ending]) => `${word(kind)} ${word(ending)}`).join(", ");
  const svg = element("svg", { width: 150, height: 22, viewBox: "0 0 150 22", role: "img", "aria-label": words });
  recent.forEach(([kind, ending], index) => {
    const height = ending === "ok" ? 6 : 10;
    svg.append(element("rect", { x: index * 5, y: kind === "run" ? 11 - height : 12, width: 4, height, class: ending }));
  });
  return svg;
}

export function cell(label, content, className) {
  const it = element("td", { "data-label": word(label), ...(className ? { class: className } : {}) });
  it.append(content);
  return it;
}

export function row(work, show) {
  const name = element("button", { type: "button", text: nameOf(work) });
  name.addEventListener("click", () => show(work));
  const failed = work.failed_builds ? ` (${work.failed_builds} ${word("failed_of")})` : "";
  return element("tr", { "data-key": work.key },
    cell("student", name),
    cell("homework", work.homework_dir),
    cell("state", element("span", { class: TONE[work.state], text: word(work.state) })),
    cell("trouble", signs(work)),
    cell("builds", `${work.builds}${failed}`, "number"),
    cell("runs", `${work.runs}${work.crashes ? ` (${work.crashes} ${word("crashed")})` : ""}`, "number"),
    cell("latest", spark(work)),
    cell("seen", clock(work.last_activity), "number"));
}
