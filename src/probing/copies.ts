import { insertProbesForAll, type ProbedCopies } from "../coverage/probes/insertProbes.js";
import { parseNewest } from "../source/syntax.js";

/** A text that is to get probes, and what names it. */
export interface SourceText {
  readonly digest: string;
  readonly text: Uint8Array;
}

/** Copies with probes, or why there are none, in words that follow the name of the file. */
export type MadeCopies = ProbedCopies | { readonly problem: string };

/** Puts probes into the copies of one text. */
export function makeCopies({ digest, text }: SourceText): MadeCopies {
  try {
    const parsed = parseNewest(text);
    if (!parsed.ok) return { problem: `:${parsed.line}: ${parsed.message}: the file cannot be analysed` };
    return insertProbesForAll(text, parsed.syntax, digest);
  } catch (error) {
    return { problem: unmeasurable(error) };
  }
}

export function unmeasurable(error: unknown): string {
  return ` cannot be measured: ${error instanceof Error ? error.message : String(error)}`;
}
