// What a student did, as a line of text that reads.

import { time, word } from "./words.js";

/** Phrases of a line; of a longer story, the end is told. */
const PHRASES_MAX = 8;

const times = (count) => word(`times_${Math.min(count, 3)}`).replace("{n}", count);

const phrase = ({ kind, ending, place, count, repair_ms: repair }) => repair === undefined
  ? word(`story_${kind}_${ending}`).replace("{times}", times(count)).replace("{file}", place)
  : word("story_fixed").replace("{time}", time(repair));

/** Episodes in words, such as "failed to build twice, fixed after 4 min, ran once"; what runs comes last. */
export function story(episodes, running) {
  const phrases = episodes.slice(-PHRASES_MAX).map(phrase);
  if (running) phrases.push(word("story_run_running"));
  return (episodes.length > PHRASES_MAX ? "… " : "") + phrases.join(", ");
}
