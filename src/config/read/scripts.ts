/** Configuration that is written as a script. */

import { writeSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { unreadableConfig } from "../../errors.js";
import { digestOfSource } from "../../files/digest.js";
import { readContent } from "../../files/files.js";

/** What a script exports, or what the function returns that it exports. Throws CONFIG. */
export async function run(file: string): Promise<unknown> {
  try {
    return await settled(file, exportedBy(file));
  } catch (cause) {
    throw unreadableConfig(file, isUnknownEnding(cause) ? tooOld : cause);
  }
}

async function exportedBy(file: string): Promise<unknown> {
  const { default: exported }: { readonly default?: unknown } = await import(currentUrl(file));
  return typeof exported === "function" ? await exported() : exported;
}

/**
 * What a script comes to. Once nothing is left that could happen in this process, one that still waits waits for ever; and one that
 * ends the process would leave its user without a word.
 */
async function settled(file: string, exported: Promise<unknown>): Promise<unknown> {
  let fail: (reason: Error) => void = () => {};
  const never = new Promise((_, reject) => {
    fail = reject;
  });
  const onIdle = () => fail(new Error("what it waits for never comes; let it export its options"));
  const onExit = (code: number) => {
    const { message } = unreadableConfig(
      file,
      `it ends the process, with exit code ${code}; let it export its options`,
    );
    writeSync(process.stderr.fd, `ERROR: ${message}\n`);
    process.exitCode = 2;
  };
  process.once("beforeExit", onIdle).once("exit", onExit);
  try {
    return await Promise.race([exported, never]);
  } finally {
    process.off("beforeExit", onIdle).off("exit", onExit);
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
