import { createHash } from "node:crypto";
import path from "node:path";
import { digestOf } from "../coverage/probes/digest.js";
import { insertProbesForAll, type ProbedCopies } from "../coverage/probes/insertProbes.js";
import { readContent } from "../files/files.js";
import { parseNewest } from "../source/syntax.js";
import type { Notice, ProbedSource } from "../types.js";
import type { ProbeCache } from "./cache.js";

/** Sources with copies that hold probes, and what is to be said of those that have none. */
export interface ProbedSources {
  readonly sources: readonly ProbedSource[];
  readonly notices: readonly Notice[];
}

/** Puts probes into a copy of each source. Messages name files relative to `root`. */
export function probeSources(files: readonly string[], root: string, cache: ProbeCache): ProbedSources {
  const sources: ProbedSource[] = [];
  const notices: Notice[] = [];
  const keys = new Set<string>();
  for (const file of files) {
    const name = path.relative(root, file);
    const probed = probeOne(file, cache);
    if ("problem" in probed) notices.push({ level: "problem", file, message: `${name}${probed.problem}` });
    else {
      const key = keyOf(file, probed.digest, keys);
      keys.add(key);
      sources.push({ path: file, key, ...probed });
    }
  }
  return { sources, notices };
}

type Probed = Omit<ProbedSource, "path" | "key"> | { readonly problem: string };

function probeOne(file: string, cache: ProbeCache): Probed {
  try {
    const text = readContent(file);
    const digest = digestOf(text);
    const known = cache.find(digest);
    if (known !== null) return { digest, text, ...known };
    const made = makeCopies(text, digest);
    if ("problem" in made) return made;
    cache.keep(digest, made);
    return { digest, text, ...made };
  } catch (error) {
    return { problem: ` cannot be measured: ${error instanceof Error ? error.message : String(error)}` };
  }
}

function makeCopies(text: Uint8Array, digest: string): ProbedCopies | { readonly problem: string } {
  const parsed = parseNewest(text);
  if (!parsed.ok) return { problem: `:${parsed.line}: ${parsed.message}: the file cannot be analysed` };
  return insertProbesForAll(parsed.syntax, digest);
}

/** Of files with the same text, the first is known by its digest. */
function keyOf(file: string, digest: string, taken: ReadonlySet<string>): string {
  if (!taken.has(digest)) return digest;
  return createHash("sha256").update(`${digest}\n${file}`).digest("hex").slice(0, 32);
}
