import { createHash } from "node:crypto";
import path from "node:path";
import { openCache } from "../../../cache/cache.js";

/** What earlier runs have compiled, as bytecode: to read that takes a tenth of the time that compiling does. */
export interface KeptChunks {
  /** What a text of a name was compiled to, the last time; null where that is not known, or it was another text. */
  find(name: string, digest: string): KeptChunk | null;
  keep(name: string, digest: string, chunk: KeptChunk): void;
}

export interface KeptChunk {
  /** As `string.dump` gives it, not stripped. */
  readonly bytecode: Uint8Array;
  readonly hasWideIntegers: boolean;
  /** How many objects compiling has numbered. */
  readonly ids: number;
}

/** A smaller text is compiled as fast as a file is found. */
export const worthKeeping = 2048;

const digestLength = 28;
const headLength = digestLength + 5;

/** Those of a project: its own files, one entry for each, which goes when nobody has used it for a month. */
export function openKeptChunks(root: string): KeptChunks {
  const cache = openCache(root, "chunks");
  const keyOf = (name: string) => createHash("sha256").update(`${root}\n${name}`).digest("hex").slice(0, 32);
  return {
    find: (name, digest) => {
      const entry = isOfProject(name, root) ? cache.find(keyOf(name)) : null;
      if (entry === null || entry.toString("latin1", 0, digestLength) !== digest) return null;
      return {
        bytecode: entry.subarray(headLength),
        hasWideIntegers: entry[digestLength] === 1,
        ids: entry.readUInt32LE(digestLength + 1),
      };
    },
    keep: (name, digest, { bytecode, hasWideIntegers, ids }) => {
      if (!isOfProject(name, root)) return;
      const head = Buffer.alloc(headLength);
      head.write(digest, "latin1");
      head.writeUInt8(hasWideIntegers ? 1 : 0, digestLength);
      head.writeUInt32LE(ids, digestLength + 1);
      cache.keep(keyOf(name), Buffer.concat([head, bytecode]));
    },
  };
}

/** Other files may be there for one run alone, as those of `os.tmpname` are. */
function isOfProject(name: string, root: string): boolean {
  const within = path.relative(root, path.resolve(root, name.slice(1)));
  return !path.isAbsolute(within) && within.split(path.sep)[0] !== "..";
}
