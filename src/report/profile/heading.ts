import { wholeOf } from "../../profile/tree.js";
import type { Profile, Sampling } from "../../types.js";
import { listed } from "../../words.js";
import { countText, timeText } from "./units.js";

/** How a profile was measured, how long all of it took, and the profiler itself, on one line. */
export function headingOf(profile: Profile): string {
  const whole = `${timeText(wholeOf(profile))} in all`;
  const overhead =
    profile.overhead === 0 ? "" : `, without ${timeText(profile.overhead)} that the profiler took`;
  return `${measuredBy(profile.sampling)}: ${whole}${overhead}`;
}

function measuredBy(sampling: readonly Sampling[]): string {
  if (sampling.length === 0) return "Each call measured";
  const ways = sampling.map(({ samples, interval, unit }) => {
    const each =
      unit === "instructions" ? `${countText(interval)} instructions` : shortened(timeText(interval));
    return `${countText(samples)} ${samples === 1 ? "sample" : "samples"}, one in ${each}`;
  });
  return `Sampled (${listed(ways)})`;
}

/** An interval is a round number. */
function shortened(time: string): string {
  return time.replace(/\.0+ /, " ");
}
