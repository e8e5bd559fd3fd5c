/** Configuration that is written as a script. */

import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { unreadableConfig } from "../../errors.js";
import { digestOfSource } from "../../files/digest.js";
import { readContent } from "../../files/files.js";

/** What a script exports, or what the function returns that it exports. Throws CONFIG. */
export async function run(file: string): Promise<unknown> {
  try {
    const { default: exported }: { readonly default?: unknown } = await import(currentUrl(file));
    return typeof exported === "function" ? await exported() : exported;
  } catch (cause) {
    throw unreadableConfig(file, isUnknownEnding(cause) ? tooOld : cause);
  }
}

const require = createRequire(import.meta.url);

/** What each script held when it was run first. */
const first = new Map<string, string>();

/** Node runs a script once, but for one that has changed: by another address, and as CommonJS once it has forgotten it. */
function currentUrl(file: string): string {
  const digest = digestOfSource(readContent(file));
  const before = first.get(file) ?? digest;
  first.set(file, before);
  delete require.cache[file];
  const { href } = pathToFileURL(file);
  return before === digest ? href : `${href}?${digest}`;
}

const tooOld = `Node ${process.versions.node} cannot read TypeScript, which Node 22.18 can; name it luacov-ts.config.mjs, without types`;

function isUnknownEnding(cause: unknown): boolean {
  return cause instanceof Error && "code" in cause && cause.code === "ERR_UNKNOWN_FILE_EXTENSION";
}
