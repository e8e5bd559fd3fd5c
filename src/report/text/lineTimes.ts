import type { Colors } from "picocolors/types.js";
import { timesInFile } from "../../profile/lines.js";
import { wholeOf } from "../../profile/tree.js";
import type { Profile } from "../../types.js";
import { heatOf } from "../profile/heat.js";
import { percentText, shareOf, timeText } from "../profile/units.js";

/** The times in the lines of a file. */
export interface ShownTimes {
  /** Each with a space before it, of one width, in its colour. */
  readonly cells: ReadonlyMap<number, string>;
  readonly width: number;
  readonly summary: string;
}

/** Those that a profile has; none without one. */
export function shownTimes(profile: Profile | null, file: string, colors: Colors): ShownTimes {
  if (profile === null) return { cells: new Map(), width: 0, summary: "" };
  const whole = wholeOf(profile);
  const times = timesInFile(profile, file);
  const sum = [...times.values()].reduce((all, time) => all + time, 0);
  const texts = Array.from(times, ([line, time]) => {
    return { line, time, text: ` ${timeText(time)} ${percentText(time, whole).padStart(5)} %` };
  });
  const width = Math.max(0, ...texts.map(({ text }) => text.length));
  const cells = texts.map(({ line, time, text }) => {
    return [line, heatOf(shareOf(time, whole), colors)(text.padStart(width))] as const;
  });
  return {
    cells: new Map(cells),
    width,
    summary: `, ${timeText(sum)} (${percentText(sum, whole)} %) of ${timeText(whole)}`,
  };
}
