import type { HeldMemory } from "../../../types.js";
import { counted } from "../../../words.js";
import { heatOf } from "../heat.js";
import { bytesText, countText, percentText, shareOf } from "../units.js";
import { drawTable, figuresColumn, widthOfAll } from "./drawTable.js";
import { withEnd } from "./nameColumn.js";
import type { ProfileTableOptions } from "./profileTable.js";

/** The lines of a table of what held the most memory, below one that says how much there was. */
export function heldTable(
  { bytes: whole, holders }: HeldMemory,
  { profileLimit, maxCols, colors }: Pick<ProfileTableOptions, "profileLimit" | "maxCols" | "colors">,
): string[] {
  const shown = holders.slice(0, profileLimit);
  const rest = holders.length - shown.length;
  const more = rest === 0 ? [] : [`${counted(rest, "more holder")} (--profile-limit)`];
  const figures = [
    figuresColumn(
      "Held",
      shown.map(({ bytes }) => bytesText(bytes)),
    ),
    figuresColumn(
      "Held %",
      shown.map(({ bytes }) => percentText(bytes, whole)),
    ),
    figuresColumn(
      "Values",
      shown.map(({ count }) => countText(count)),
    ),
  ];
  const room = maxCols <= 0 ? Number.POSITIVE_INFINITY : maxCols - widthOfAll(figures) - 1;
  const paths = { title: "By", cells: shown.map(({ path }) => withEnd(path, room)) };
  const paints = shown.map(({ bytes }) => heatOf(shareOf(bytes, whole), colors));
  const heading = `Most held when that was looked at: ${bytesText(whole)}`;
  return shown.length === 0 ? [heading] : [heading, "", ...drawTable(figures, paths, paints), ...more];
}
