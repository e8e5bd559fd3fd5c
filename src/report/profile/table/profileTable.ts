import type { Colors } from "picocolors/types.js";
import { wholeOf } from "../../../profile/tree.js";
import type { CoverageMapData, Profile, ProfileReportOptions } from "../../../types.js";
import { counted } from "../../../words.js";
import { headingOf } from "../heading.js";
import { heatOf } from "../heat.js";
import { bytesText, countText, percentText, shareOf, timeText } from "../units.js";
import { drawTable, type Figures, figuresColumn, widthOfAll } from "./drawTable.js";
import { heldTable } from "./heldTable.js";
import { type HotSpot, hotSpots } from "./hotSpots.js";
import { leastRoom, nameColumn } from "./nameColumn.js";

export interface ProfileTableOptions
  extends Pick<ProfileReportOptions, "profileBy" | "profileSort" | "profileLimit"> {
  /** The folder from which files are named. */
  readonly root: string;
  /** As wide as the table may be; 0 for as wide as it likes. */
  readonly maxCols: number;
  readonly colors: Colors;
  /** What counted the calls where the profile has not, by default nothing. */
  readonly coverage?: CoverageMapData;
}

/**
 * The lines of a table of what took the most time, below one that says how it was measured; then those of what held the most memory,
 * where that was looked at.
 */
export function profileTable(profile: Profile, options: ProfileTableOptions): string[] {
  const { held } = profile;
  const memory = held === null ? [] : ["", ...heldTable(held, options)];
  return [...timesOf(profile, options), ...memory];
}

function timesOf(profile: Profile, options: ProfileTableOptions): string[] {
  const heading = headingOf(profile);
  const spots = hotSpots(profile, options.root, { coverage: {}, ...options });
  if (spots.length === 0) return [`${heading}; ${reasonOfNothing(profile)}`];
  const shown = spots.slice(0, options.profileLimit);
  const rest = spots.length - shown.length;
  const more = rest === 0 ? [] : [`${counted(rest, `more ${options.profileBy}`)} (--profile-limit)`];
  return [heading, "", ...tableOf(shown, wholeOf(profile), options), ...more];
}

function reasonOfNothing({ sampling }: Profile): string {
  const isSampled = sampling.length > 0;
  return isSampled
    ? "it was over before the first sample, and profile-mode exact hears of each call"
    : "nothing ran that was measured";
}

interface Column {
  readonly title: string;
  /** Null where it is unknown. */
  readonly cell: (spot: HotSpot, whole: number) => string | null;
}

const columns: readonly Column[] = [
  { title: "Self", cell: ({ self }) => timeText(self) },
  { title: "Self %", cell: ({ self }, whole) => percentText(self, whole) },
  { title: "Total", cell: ({ total }) => (total === null ? null : timeText(total)) },
  { title: "Calls", cell: ({ calls }) => (calls === null ? null : countText(calls)) },
  {
    title: "Per call",
    cell: ({ total, calls }) => (total === null || !calls ? null : timeText(total / calls)),
  },
  { title: "Allocated", cell: ({ allocated }) => (allocated === null ? null : bytesText(allocated)) },
];

/** What a narrow terminal has no room for, first to last. */
const givingWay = ["Per call", "Allocated", "Calls", "Total"];

function tableOf(
  spots: readonly HotSpot[],
  whole: number,
  { profileBy, maxCols, colors }: ProfileTableOptions,
): string[] {
  const room = maxCols <= 0 ? Number.POSITIVE_INFINITY : maxCols;
  const figures = fitting(figuresOf(spots, whole), room - leastRoom - 1);
  const names = nameColumn(spots, room - widthOfAll(figures) - 1);
  const title = `${profileBy[0]?.toUpperCase()}${profileBy.slice(1)}`;
  const paints = spots.map(({ self }) => heatOf(shareOf(self, whole), colors));
  return drawTable(figures, { title, cells: names }, paints);
}

/** A column of which nothing is known is left out. */
function figuresOf(spots: readonly HotSpot[], whole: number): Figures[] {
  return columns.flatMap(({ title, cell }) => {
    const cells = spots.map((spot) => cell(spot, whole));
    if (cells.every((each) => each === null)) return [];
    return [figuresColumn(title, cells)];
  });
}

function fitting(figures: readonly Figures[], room: number, left = givingWay): readonly Figures[] {
  const [next, ...others] = left;
  if (next === undefined || widthOfAll(figures) <= room) return figures;
  return fitting(
    figures.filter(({ title }) => title.trim() !== next),
    room,
    others,
  );
}
