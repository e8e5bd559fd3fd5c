import { insertProbesForAll, type ProbedCopies } from "../coverage/probes/insertProbes.js";
import { parseNewest } from "../source/syntax.js";

/** A text that is to get probes, and what names it. */
export interface SourceText {
  readonly digest: string;
  readonly text: Uint8Array;
}

/** Why a text has no copies, in words that follow the name of the file; what no Lua reads has not run either. */
export interface NoCopies {
  readonly problem: string;
  readonly isLua: boolean;
}

export type MadeCopies = ProbedCopies | NoCopies;

/** Puts probes into the copies of one text. */
export function makeCopies({ digest, text }: SourceText): MadeCopies {
  try {
    const parsed = parseNewest(text);
    if (!parsed.ok) {
      const problem = `:${parsed.line}: ${parsed.message}: the file cannot be analysed`;
      return { problem, isLua: false };
    }
    return insertProbesForAll(text, parsed.syntax, digest);
  } catch (error) {
    return { problem: unmeasurable(error), isLua: true };
  }
}

export function unmeasurable(error: unknown): string {
  return ` cannot be measured: ${error instanceof Error ? error.message : String(error)}`;
}
