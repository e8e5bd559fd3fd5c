import { openCache } from "../cache/cache.js";
import type { ProbedCopies } from "../coverage/probes/insertProbes.js";

/** Probed copies of earlier runs, by the digest of the text that they were made from. */
export interface ProbeCache {
  find(digest: string): ProbedCopies | null;
  keep(digest: string, copies: ProbedCopies): void;
}

export function openProbeCache(root: string): ProbeCache {
  const cache = openCache(root, "probes");
  return {
    find: (digest) => {
      const content = cache.find(digest);
      return content === null ? null : unpacked(content);
    },
    keep: (digest, copies) => cache.keep(digest, packed(copies)),
  };
}

/** A line with the number of counters, tight functions, and the lengths of the copies, then these. */
function packed({ counters, tight, copy, copyFor60 }: ProbedCopies): Buffer {
  const head = `${counters} ${tight.join() || "none"} ${copy.length} ${copyFor60?.length ?? "same"}`;
  return Buffer.concat([Buffer.from(`${head}\n`), copy, copyFor60 ?? Buffer.alloc(0)]);
}

function unpacked(content: Buffer): ProbedCopies {
  const end = content.indexOf("\n");
  const [counters = "", places = "", length = "", other = ""] = content.toString("latin1", 0, end).split(" ");
  const body = content.subarray(end + 1);
  const copyFor60 = other === "same" ? null : body.subarray(Number(length));
  const tight = places === "none" ? [] : places.split(",");
  return { counters: Number(counters), tight, copy: body.subarray(0, Number(length)), copyFor60 };
}
