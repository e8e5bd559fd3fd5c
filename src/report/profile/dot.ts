import { type Calls, callsOf } from "../../profile/calls.js";
import { type FunctionTotals, functionTotals } from "../../profile/functions.js";
import { wholeOf } from "../../profile/tree.js";
import type { Profile } from "../../types.js";
import { counted } from "../../words.js";
import { headingOf } from "./heading.js";
import { nameOf, placeOf } from "./names.js";
import { countText, percentText, shareOf, timeText } from "./units.js";

/** What has a smaller share of the time, with all that it called, is left out. */
const least = { function: 0.005, calls: 0.001 };

/** The functions of a profile and who called whom, as a graph in DOT: the more time, the hotter and the wider. */
export function dotGraph(profile: Profile, root: string): string {
  const whole = wholeOf(profile);
  const all = functionTotals(profile);
  const shown = all.filter(({ total }) => shareOf(total, whole) >= least.function);
  const ids = new Set(shown.map(({ index }) => index));
  const calls = callsOf(profile).filter(({ from, to, total }) => {
    return ids.has(from) && ids.has(to) && shareOf(total, whole) >= least.calls;
  });
  const rest = all.length - shown.length;
  const note = rest === 0 ? "" : `\n${counted(rest, "function")} below 0.5 % left out`;
  return [
    "digraph profile {",
    `  graph [label=${quoted(headingOf(profile) + note)}, labelloc=t, fontname="sans-serif"];`,
    '  node [shape=box, style="filled,rounded", fontname="sans-serif", fontsize=11];',
    '  edge [fontname="sans-serif", fontsize=9];',
    ...shown.map((each) => nodeText(each, whole, root)),
    ...calls.map((each) => edgeText(each, whole)),
    "}",
    "",
  ].join("\n");
}

function nodeText({ index, fn, self, total }: FunctionTotals, whole: number, root: string): string {
  const times = [
    `${percentText(total, whole)} % (${timeText(total)})`,
    `self ${percentText(self, whole)} % (${timeText(self)})`,
  ];
  const label = quoted([nameOf(fn), placeOf(fn, root), ...times].join("\n"));
  return `  f${index} [label=${label}, fillcolor="${colorOf(shareOf(self, whole), 0.95)}"];`;
}

function edgeText({ from, to, total, calls }: Calls, whole: number): string {
  const share = shareOf(total, whole);
  const label = quoted(timeText(total) + (calls === null ? "" : `\n${countText(calls)}×`));
  const weight = 1 + Math.round(99 * share);
  const attributes = `label=${label}, color="${colorOf(share, 0.6)}", penwidth=${(0.5 + 4 * share).toFixed(2)}, weight=${weight}`;
  return `  f${from} -> f${to} [${attributes}];`;
}

/** Hue, saturation and value: from blue, which is cold, to red. */
function colorOf(share: number, value: number): string {
  const heat = Math.sqrt(share);
  return [0.6 * (1 - heat), 0.15 + 0.55 * heat, value].map((each) => each.toFixed(3)).join(" ");
}

/** In texts DOT has escapes of its own, and HTML's. */
function quoted(text: string): string {
  const escaped = text.replace(/[\\"&\n]/g, (character) => escapes[character] ?? character);
  return `"${escaped}"`;
}

const escapes: Readonly<Record<string, string>> = { "\\": "\\\\", '"': '\\"', "&": "&amp;", "\n": "\\n" };
