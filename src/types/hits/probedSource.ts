import type { Accesses } from "./accesses.js";
import type { Hits } from "./hits.js";

/** A source with its copies that hold probes, as the agent finds them in its folder. */
export interface ProbedSource {
  /** Absolute and real. */
  readonly path: string;
  /** Names its counters: the digest of its text, or another 32 hex digits where an earlier path has the same text. */
  readonly key: string;
  /** What the copies call themselves. */
  readonly digest: string;
  readonly text: Uint8Array;
  readonly counters: number;
  /** The places of functions that have no room for probes, as in `LineHits`. */
  readonly tight: readonly string[];
  /** The copy for functions of up to 255 upvalues, and the one for 60 where it differs. */
  readonly copy: Uint8Array;
  readonly copyFor60: Uint8Array | null;
}

/** What the agents of all processes have left. */
export interface AgentReport extends Pick<Hits, "probes" | "lines" | "profile"> {
  /** How many processes have loaded a source. */
  readonly processes: number;
  /** Of each that has not told its end, how many seconds ago it has last written what it counted. */
  readonly unended: readonly number[];
  /** Paths of sources that were loaded with another text. */
  readonly changed: readonly string[];
  /** Keys or digests of sources that ran as they are, since their copies could not take their place. */
  readonly unprobed: readonly string[];
  /** Errors in what listens to Lua's hook for us. */
  readonly listeners: readonly string[];
  /** For a run of tests: the paths of all files that were loaded, and of those that were looked for in vain. */
  readonly files: readonly string[];
  readonly missing: readonly string[];
  /** For a run that asks for them; its doubts are in the words of `engine/native/agent/doubts.ts`. */
  readonly accesses: Accesses;
}

/** How a command ended: its exit code, or the name of the signal that ended it. */
export interface CommandEnd {
  readonly code: number | null;
  readonly signal: string | null;
}
