import path from "node:path";
import { type Figures, percentOf } from "../coverage/figures.js";
import { type Checked, thresholdsOf, uncoveredOf } from "../coverage/thresholds.js";
import { notWritable } from "../errors/outputs.js";
import { readContent } from "../files/files.js";
import { withoutMark } from "../files/json.js";
import { writeWhole } from "../output/whole.js";
import type { Config, Metric, Notice } from "../types.js";
import { listed } from "../words.js";
import { changeNumber, changeWithComments } from "./changeNumber.js";

/** A threshold that could be higher. */
interface Better {
  readonly file: string;
  /** The keys that lead to it in its file. */
  readonly keys: readonly string[];
  readonly name: string;
  readonly old: number;
  readonly value: number;
}

/**
 * Writes figures that are better than their thresholds into the files where these are written, and leaves all else in
 * them as it is. Returns what was done, and what could not be. Throws NOT_WRITABLE.
 */
export function raiseThresholds(config: Config, checked: readonly Checked[]): Notice[] {
  const better = checked.flatMap((each) => betterIn(config, each));
  const files = [...new Set(better.map(({ file }) => file))];
  if (files.length === 0 && Object.keys(config.thresholdsFrom).length === 0) return [nothingSet(config)];
  return files.flatMap((file) =>
    raiseIn(
      config,
      file,
      better.filter((each) => each.file === file),
    ),
  );
}

function nothingSet({ cwd }: Config): Notice {
  const message =
    "auto-update raises thresholds where they are written in a configuration, and none of them is: write down those to begin with";
  return { level: "warning", file: cwd, message };
}

function betterIn({ thresholdsFrom }: Config, { limit, reached }: Checked): Better[] {
  const { scope } = limit;
  return thresholdsOf(limit).flatMap(([metric, old]) => {
    const place = thresholdsFrom[typeof scope === "string" ? metric : "thresholds"];
    const value = reachedBy(reached, metric, old);
    if (place === undefined || value === null) return [];
    const top = place.within == null ? [place.key] : [place.within, place.key];
    const isOfGlob = typeof scope !== "string";
    const keys = isOfGlob ? [...top, scope.glob, metric] : top;
    const name = isOfGlob ? `${metric} of "${scope.glob}"` : place.key;
    return [{ file: place.file, keys, name, old, value }];
  });
}

/** What all files reach, if that is better than the threshold; no uncovered item is 100 %, as 0 would be any percentage. */
function reachedBy(
  reached: readonly { readonly figures: Figures }[],
  metric: Metric,
  old: number,
): number | null {
  const figures = reached.map((each) => each.figures[metric]);
  if (figures.length === 0) return null;
  if (old >= 0) {
    const least = Math.min(...figures.map(percentOf));
    return least > old ? least : null;
  }
  const most = Math.max(...figures.map(uncoveredOf));
  if (most >= -old) return null;
  return most === 0 ? 100 : -most;
}

function raiseIn(config: Config, file: string, better: readonly Better[]): Notice[] {
  const shown = path.relative(config.cwd, file);
  const isOurs = !file.split(path.sep).includes("node_modules");
  const before = withoutMark(readContent(file).toString("utf8"));
  let { text } = before;
  const done: string[] = [];
  const left: string[] = [];
  const change = path.extname(file) === ".jsonc" ? changeWithComments : changeNumber;
  for (const { keys, name, old, value } of better) {
    const changed = isOurs ? change(text, keys, old, value) : null;
    text = changed ?? text;
    (changed === null ? left : done).push(`${name} from ${old} to ${value}`);
  }
  if (done.length > 0) write(config, file, before.mark + text);
  const raised: Notice = { level: "information", file, message: `Raised in ${shown}: ${listed(done)}` };
  const message = `auto-update cannot change ${shown}; raise ${listed(left)} by hand`;
  return [
    ...(done.length > 0 ? [raised] : []),
    ...(left.length > 0 ? [{ level: "warning", file, message } as const] : []),
  ];
}

function write({ sandbox, cwd }: Config, file: string, text: string): void {
  try {
    writeWhole(file, text, { fence: sandbox ? cwd : null });
  } catch (cause) {
    throw notWritable(file, cause);
  }
}
