import { readContent } from "../files/files.js";
import type { SourceSites } from "../types.js";
import type { RecordedSource } from "./record/record.js";
import { callCounter } from "./text/callCounts.js";
import { compareTexts, type TextChange } from "./text/compare.js";
import type { FunctionPart } from "./text/functionTree.js";
import { moveCounts } from "./text/moveCounts.js";
import { ownedSites } from "./text/siteOwners.js";

/** What has become of a recorded source. */
export interface SourceNow {
  /** Null where it is another as a whole. */
  readonly change: TextChange | null;
  /** Where its counts are now, -1 for nowhere; null where they cannot be moved. */
  readonly moved: Int32Array | null;
  /** Its places now. */
  readonly sites: SourceSites;
  /** The count of calls of a function, or of the innermost one around it that has such a count; null for the main chunk. */
  callsOf(part: FunctionPart): number | null;
  /** The count of the last statement of the main chunk, which has run where that came to its end; null for none. */
  readonly last: number | null;
}

/** `sites` are those that the text has now; null where nobody can tell them. */
export function lookAgain(source: RecordedSource, sites: SourceSites | null): SourceNow {
  const text = readContent(source.path);
  const change = compareTexts(source.text, text);
  const callsOf = change === null ? () => null : callCounter(source, change.was);
  const last = change === null ? null : lastOfMain(source, change.was);
  const moved = change === null || sites === null ? null : moveCounts(source, { text, sites }, change);
  return { change, moved, sites: sites ?? source.sites, callsOf, last };
}

function lastOfMain({ sites, text }: RecordedSource, main: FunctionPart): number | null {
  const own = ownedSites(sites, text, main).filter(
    ({ kind, owner }) => kind === "statement" && owner === main,
  );
  return own.at(-1)?.count ?? null;
}
