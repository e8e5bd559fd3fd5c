import { createPositions, type Positions } from "../source/positions.js";
import type { Syntax } from "../source/syntax.js";
import { fileCoverage } from "./fileCoverage.js";
import { findIgnores, type Ignores } from "./ignore.js";
import { leaveOut } from "./leaveOut.js";
import type { PackedCoverage } from "./packed/packed.js";
import type { PartSites } from "./siteNumbers.js";
import { unrunSites } from "./sites/unrun.js";
import type { Sites } from "./sites.js";

/** A Lua file whose coverage is to be worked out. */
export interface ParsedFile {
  /** The absolute path, and the one for messages. */
  readonly path: string;
  readonly name: string;
  readonly source: Uint8Array;
  readonly syntax: Syntax;
}

/** A file's coverage, null when its own comment leaves it out, and what a user should know about it. */
export interface FileAnalysis {
  readonly coverage: PackedCoverage | null;
  readonly warnings: readonly string[];
  /** What makes counts of its sites of counters of parts of the run, by what has counted them; null where nothing can. */
  readonly partSites?: { readonly key: string | null; readonly count: PartSites } | null;
}

/** The coverage of a file, whoever counted its sites; `count` is not asked about a file that its comment leaves out. */
export function analyseSites(
  { path, name, source, syntax }: ParsedFile,
  wasLoaded: boolean,
  count: (positions: Positions) => Sites,
): FileAnalysis {
  const positions = createPositions(source);
  const ignores = findIgnores(syntax, positions);
  if (ignores.file) return { coverage: null, warnings: [] };
  const { sites, ran } = leaveOut(count(positions), ignores);
  return {
    coverage: fileCoverage(path, sites, positions, wasLoaded),
    warnings: ignoreWarnings(name, ignores, ran, positions),
  };
}

/** The coverage of a file that nobody loaded, whichever Lua it is for. */
export function analyseUnrun(file: ParsedFile): FileAnalysis {
  return analyseSites(file, false, () => unrunSites(file.syntax));
}

/** What comments of a file leave out although it ran, and what they say in vain. */
function ignoreWarnings(
  name: string,
  ignores: Ignores,
  ran: Ignores["ignores"],
  positions: Positions,
): string[] {
  const hidden = ran.map(({ comment, what }) => ({
    comment,
    reason: `"luacov: ignore ${what}" leaves out code that did run`,
  }));
  const inOrder = [...ignores.mistakes, ...hidden].sort((a, b) => a.comment.start - b.comment.start);
  return inOrder.map(({ comment, reason }) => `${name}:${positions.at(comment.start).line}: ${reason}`);
}
