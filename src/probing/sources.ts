import { createHash } from "node:crypto";
import path from "node:path";
import { digestOf } from "../coverage/probes/digest.js";
import { readContent } from "../files/files.js";
import type { Notice, ProbedSource } from "../types.js";
import { makeAllCopies } from "./allCopies.js";
import type { ProbeCache } from "./cache.js";
import { type MadeCopies, type NoCopies, type SourceText, unmeasurable } from "./copies.js";

/** Sources with copies that hold probes, and what is to be said of those that have none. */
export interface ProbedSources {
  readonly sources: readonly ProbedSource[];
  readonly notices: readonly Notice[];
  /** Files that no Lua reads. */
  readonly noLua: ReadonlySet<string>;
}

export interface ProbingOptions {
  /** Messages name files relative to this. */
  readonly root: string;
  readonly cache: ProbeCache;
  /** How many threads may make copies at the same time. */
  readonly jobs: number;
}

/** Puts probes into a copy of each source. */
export async function probeSources(
  files: readonly string[],
  { root, cache, jobs }: ProbingOptions,
): Promise<ProbedSources> {
  const read = files.map((file) => ({ file, content: readSource(file) }));
  const texts = read.flatMap(({ content }) => ("problem" in content ? [] : [content]));
  const copies = await findCopies(texts, cache, jobs);
  const sources: ProbedSource[] = [];
  const notices: Notice[] = [];
  const noLua = new Set<string>();
  const keys = new Set<string>();
  for (const { file, content } of read) {
    const probed = "problem" in content ? content : withCopies(content, copies);
    if ("problem" in probed) {
      if (!probed.isLua) noLua.add(file);
      notices.push({ level: "problem", file, message: `${path.relative(root, file)}${probed.problem}` });
    } else sources.push({ path: file, key: keyOf(file, probed.digest, keys), ...probed });
  }
  return { sources, notices, noLua };
}

function withCopies(source: SourceText, copies: ReadonlyMap<string, MadeCopies>) {
  const made = copies.get(source.digest);
  if (made === undefined) throw new Error("a text that nobody has looked at");
  return "problem" in made ? made : { ...source, ...made };
}

function readSource(file: string): SourceText | NoCopies {
  try {
    const text = readContent(file);
    return { digest: digestOf(text), text };
  } catch (error) {
    return { problem: unmeasurable(error), isLua: true };
  }
}

/** The copies of each text by its digest, from the cache where they are there. */
async function findCopies(
  texts: readonly SourceText[],
  cache: ProbeCache,
  jobs: number,
): Promise<ReadonlyMap<string, MadeCopies>> {
  const found = new Map<string, MadeCopies>();
  const missing = new Map<string, SourceText>();
  for (const text of texts) {
    const known = cache.find(text.digest);
    if (known === null) missing.set(text.digest, text);
    else found.set(text.digest, known);
  }
  await makeAllCopies([...missing.values()], jobs, ({ digest }, made) => {
    found.set(digest, made);
    if (!("problem" in made)) cache.keep(digest, made);
  });
  return found;
}

/** Of files with the same text, the first is known by its digest. */
function keyOf(file: string, digest: string, taken: Set<string>): string {
  const key = taken.has(digest)
    ? createHash("sha256").update(`${digest}\n${file}`).digest("hex").slice(0, 32)
    : digest;
  taken.add(key);
  return key;
}
