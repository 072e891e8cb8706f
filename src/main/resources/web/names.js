// The names of students on the page: their ids, or numbers if names are hidden, such as for a projector.

/** Whether names are hidden. The browser stores it. */
let hidden = localStorage.getItem("names") === "hidden";

export const areHidden = () => hidden;

export function hide(whether) {
  hidden = whether;
  localStorage.setItem("names", hidden ? "hidden" : "shown");
}

export const nameOf = (it) => `${it.class_div} ${hidden ? `#${it.number}` : it.student_id}`;

export const courseOf = (it) => it.class_div.slice(0, it.class_div.lastIndexOf("-"));
export const sectionOf = (it) => it.class_div.slice(it.class_div.lastIndexOf("-") + 1);
