import { coveredCalls } from "../../../profile/coveredCalls.js";
import { fileTotals, functionTotals, type Totals } from "../../../profile/functions.js";
import { compareTexts } from "../../../profile/identity.js";
import { lineTimes } from "../../../profile/lines.js";
import type { CoverageMapData, Profile, ProfileReportOptions } from "../../../types.js";
import { fileName, nameOf, placeOf } from "../names.js";

/** Something that took time: a function, a file or a line. Of a line nothing but its own time is known. */
export interface HotSpot extends Pick<Totals, "self"> {
  readonly total: number | null;
  readonly calls: number | null;
  readonly allocated: number | null;
  /** Null for what has none, as files and lines. */
  readonly name: string | null;
  readonly place: string;
}

interface Order extends Pick<ProfileReportOptions, "profileBy" | "profileSort"> {
  /** What counted the calls where the profile has not. */
  readonly coverage: CoverageMapData;
}

/** What took time in a profile, in the order that was asked for. What is unknown comes last. */
export function hotSpots(
  profile: Profile,
  root: string,
  { profileBy, profileSort, coverage }: Order,
): HotSpot[] {
  const byTime = (a: HotSpot, b: HotSpot) => {
    if (profileSort === "name") return 0;
    return (b[profileSort] ?? unknown) - (a[profileSort] ?? unknown) || b.self - a.self;
  };
  const byName = (a: HotSpot, b: HotSpot) =>
    compareTexts(a.name ?? a.place, b.name ?? b.place) || compareTexts(a.place, b.place);
  return makers[profileBy](profile, root, coverage).sort((a, b) => byTime(a, b) || byName(a, b));
}

/** Also below what memory may come to that was given back. */
const unknown = Number.NEGATIVE_INFINITY;

type Maker = (profile: Profile, root: string, coverage: CoverageMapData) => HotSpot[];

const makers: Readonly<Record<Order["profileBy"], Maker>> = {
  function: (profile, root, coverage) =>
    functionTotals(profile).map(({ fn, ...totals }) => {
      const calls = totals.calls ?? coveredCalls(coverage, fn);
      return { ...totals, calls, name: nameOf(fn), place: placeOf(fn, root) };
    }),
  file: (profile, root) =>
    fileTotals(profile).map(({ file, ...totals }) => {
      return { ...totals, name: null, place: file === null ? "[no file]" : fileName(file, root) };
    }),
  line: (profile, root) => {
    const { lines, elsewhere } = lineTimes(profile);
    const unknown = { total: null, calls: null, allocated: null };
    return [
      ...lines.map(({ file, line, self }) => {
        return { ...unknown, self, name: null, place: `${fileName(file, root)}:${line}` };
      }),
      ...elsewhere.map(({ fn, self }) => ({ ...unknown, self, name: nameOf(fn), place: placeOf(fn, root) })),
    ];
  },
};
