// Describes a student's activities in one line of text.

import { time, word } from "./words.js";

/** The maximum number of phrases in a line. A longer story keeps its end. */
const PHRASES_MAX = 8;

const times = (count) => word(`times_${Math.min(count, 3)}`).replace("{n}", count);

const phrase = ({ kind, ending, place, count, repair_ms: repair }) => repair === undefined
  ? word(`story_${kind}_${ending}`).replace("{times}", times(count)).replace("{file}", place)
  : word("story_fixed").replace("{time}", time(repair));

/** Episodes in words, such as "failed to build twice, fixed after 4 min, ran once". A running program comes last. */
export function story(episodes, running) {
  const phrases = episodes.slice(-PHRASES_MAX).map(phrase);
  if (running) phrases.push(word("story_run_running"));
  return (episodes.length > PHRASES_MAX ? "… " : "") + phrases.join(", ");
}
