import { fileTotals, functionTotals, type Totals } from "../../../profile/functions.js";
import { compareTexts } from "../../../profile/identity.js";
import { lineTimes } from "../../../profile/lines.js";
import type { Profile, ProfileReportOptions } from "../../../types.js";
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

type Order = Pick<ProfileReportOptions, "profileBy" | "profileSort">;

/** What took time in a profile, in the order that was asked for. What is unknown comes last. */
export function hotSpots(profile: Profile, root: string, { profileBy, profileSort }: Order): HotSpot[] {
  const byTime = (a: HotSpot, b: HotSpot) => {
    if (profileSort === "name") return 0;
    return (b[profileSort] ?? unknown) - (a[profileSort] ?? unknown) || b.self - a.self;
  };
  const byName = (a: HotSpot, b: HotSpot) =>
    compareTexts(a.name ?? a.place, b.name ?? b.place) || compareTexts(a.place, b.place);
  return makers[profileBy](profile, root).sort((a, b) => byTime(a, b) || byName(a, b));
}

/** Also below what memory may come to that was given back. */
const unknown = Number.NEGATIVE_INFINITY;

const makers: Readonly<Record<Order["profileBy"], (profile: Profile, root: string) => HotSpot[]>> = {
  function: (profile, root) =>
    functionTotals(profile).map(({ fn, ...totals }) => {
      return { ...totals, name: nameOf(fn), place: placeOf(fn, root) };
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
