import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import path from "node:path";
import { cachedDataVersionTag, deserialize, serialize } from "node:v8";
import { Script } from "node:vm";
import { type Cache, openCache } from "../../../cache/cache.js";
import { currentFolder } from "../../../files/files.js";

/** A module's function, whose text and whose code in V8 may be kept for the next process. */
interface Compiled {
  readonly text: string;
  readonly script: Script;
}

interface Kept {
  readonly text: string;
  readonly code: Buffer;
}

/**
 * What V8 has made of modules in a folder of a package. That of an earlier process, with the functions that it had called, takes the
 * place of reading, changing and compiling them: that took a fifth of the time from the start of a thread to its first test.
 */
export interface ModuleCode {
  /** The function of a module by its file, with some parameters; `readText` gives its text where none is kept. */
  compile(file: string, parameters: string, readText: () => string): ReturnType<Script["runInThisContext"]>;
  /** Keeps all that was compiled, unless it came from there. `callMore` has functions called that most programs will call. */
  keep(callMore: () => void): void;
}

export function openModuleCode(folder: string): ModuleCode {
  const key = keyOf(folder);
  const cache = openCache(currentFolder(), "modules");
  const kept = readKept(cache, key);
  const compiled = new Map<string, Compiled>();
  let isKept = kept.size > 0;
  return {
    compile: (file, parameters, readText) => {
      const known = kept.get(file);
      const text = known?.text ?? `(function (${parameters}) {${readText()}\n})`;
      const script = new Script(text, { filename: file, ...(known && { cachedData: known.code }) });
      if (known === undefined || script.cachedDataRejected === true) isKept = false;
      compiled.set(file, { text, script });
      return script.runInThisContext();
    },
    keep: (callMore) => {
      if (isKept) return;
      isKept = true;
      callMore();
      const all = Array.from(compiled, ([file, { text, script }]): [string, Kept] => [
        file,
        { text, code: script.createCachedData() },
      ]);
      cache.keep(key, serialize(new Map(all)));
    },
  };
}

function readKept(cache: Cache, key: string): ReadonlyMap<string, Kept> {
  const content = cache.find(key);
  return content === null ? new Map() : deserialize(content);
}

/** Of the package, its version, and what another V8, or one with other flags, would reject. */
function keyOf(folder: string): string {
  const manifest = readFileSync(path.join(folder, "../package.json"));
  return createHash("sha256")
    .update(`${cachedDataVersionTag()}\n${folder}\n`)
    .update(manifest)
    .digest("hex")
    .slice(0, 32);
}
