import type { PackedCoverage } from "../coverage/packed/packed.js";
import type { ChunkHits, LineHits, Notice } from "../types.js";

/** A file whose coverage is to be worked out, with what counted it. */
export interface AnalysisRequest {
  /** The absolute path, and the one for messages. */
  readonly path: string;
  readonly name: string;
  readonly source: Uint8Array;
  /** That of `digestOfSource`. */
  readonly digest: string;
  readonly counted: Counted;
  /** Whether lines, statements and functions are all that is asked for. */
  readonly linesOnly: boolean;
  /** Counters of parts of the run, by what has counted them; absent where nobody asks for their counts. */
  readonly parts?: FileParts;
}

/** Runs of counters, or of counts of sites, by the shape of a chunk or the key of a source; null for nothing. */
export type FileParts = Readonly<Record<string, readonly (Uint8Array | null)[]>>;

/** What counted a file. */
export type Counted =
  /** Nothing did: nobody loaded it, in the embedded Lua or in others alone. */
  | { readonly by: "nothing"; readonly inEmbedded: boolean }
  /** The embedded Lua, for each text that was loaded by its name. */
  | { readonly by: "instructions"; readonly shapes: Readonly<Record<string, ChunkHits>> }
  /** Probes and hooks, in other Luas. */
  | {
      readonly by: "probes";
      /** Undefined where none was reached, as below. */
      readonly counters: readonly number[] | undefined;
      readonly lines: readonly LineHits[] | undefined;
    };

/** What no program loaded. */
export interface NotLoaded {
  /** These count all the same; their paths are absolute. */
  readonly sources: readonly string[];
  /** Whether the embedded Lua was to load them, or others alone. */
  readonly inEmbedded: boolean;
}

/** Something to be said of the file. */
export type AnalysisNotice = Pick<Notice, "level" | "message">;

/** What came of it; without coverage where a notice says why, or where the file's own comment leaves it out. */
export interface Analysed {
  readonly coverage: PackedCoverage | null;
  readonly notices: readonly AnalysisNotice[];
  /** What became of the request's. */
  readonly parts?: FileParts;
}
