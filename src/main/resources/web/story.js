// What a student did, as a line of text that reads.

import { time, word } from "./words.js";

/** Phrases of a line; of a longer story, the end is told. */
const PHRASES_MAX = 8;

const times = (count) => word(`times_${Math.min(count, 3)}`).replace("{n}", count);

/** Where a run went wrong: the file of its first message, or the program. */
const place = (run) => run.diagnostics?.find((it) => it.file)?.file ?? run.target;

/** Activities that follow each other and are told together. */
function groups(activities) {
  const found = [];
  for (const it of activities) {
    const kind = it.kind === "build" && it.ending === "crashed" ? "build failed" : `${it.kind} ${it.ending}`;
    const where = kind === "run crashed" ? place(it) : "";
    const last = found.at(-1);
    if (last && last.kind === kind && last.where === where) {
      last.count += 1;
    } else {
      found.push({ kind, where, count: 1, first: it });
    }
  }
  return found;
}

/** The beginning of the failures that a successful build has ended, if it has ended any. */
function failureBefore(found, index) {
  let failure;
  for (let i = index - 1; i >= 0 && found[i].kind !== "build ok"; i -= 1) {
    if (found[i].kind === "build failed") failure = found[i];
  }
  return failure;
}

function phrase(found, index) {
  const { kind, count, where, first } = found[index];
  const failure = kind === "build ok" ? failureBefore(found, index) : undefined;
  if (failure) {
    return word("story_fixed").replace("{time}", time(new Date(first.ended_at) - new Date(failure.first.ended_at)));
  }
  return word(`story_${kind.replace(" ", "_")}`).replace("{times}", times(count)).replace("{file}", where);
}

/** The activities of a homework in words, such as "failed to build twice, fixed after 4 min, ran once". */
export function story(activities) {
  const found = groups(activities);
  const phrases = found.map((_, index) => phrase(found, index));
  return (phrases.length > PHRASES_MAX ? "… " : "") + phrases.slice(-PHRASES_MAX).join(", ");
}
