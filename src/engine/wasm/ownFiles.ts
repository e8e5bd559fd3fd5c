import { closeSync, openSync, readFileSync, readSync } from "node:fs";
import { codeOf } from "../host/primitives/failure.js";
import type { LuaFunction } from "./machine/functions.js";
import type { State } from "./state.js";

interface OwnCode {
  readonly bytecode: Uint8Array;
  /** As long, and without a zero, since the package pushes no string that has one. */
  readonly pushed: Uint8Array;
}

/** By version and name. */
const kept = new Map<string, OwnCode>();

/** Several times as many as a run has: those of runs before, in a thread that goes on, are not needed any more. */
const most = 500;

/** Functions that keep files of ours as bytecode, for all programs of this thread, and that read a file of ours past C. */
export function ownFiles({
  api,
  pushBytes,
  toNumber,
}: State): Readonly<Record<"code" | "keepCode" | "read", LuaFunction>> {
  const { version } = api.machine.compiled;
  const keyAt = (L: number) => `${version} ${Buffer.from(api.toBytes(L, 1) ?? []).toString("latin1")}`;
  return {
    code: (L) => {
      const code = kept.get(keyAt(L));
      if (code === undefined) return 0;
      // In 5.1 all strings are found by what they hold; this one is, by what it held, which no other string is.
      api.pushText(L, code.pushed);
      api.overwrite(L, -1, code.bytecode);
      return 1;
    },
    read: (L) => {
      const name = Buffer.from(api.toBytes(L, 1) ?? []);
      const content = contentOf(name, toNumber(L, 2), toNumber(L, 3));
      if (content === null) return 0;
      pushBytes(L, content);
      return 1;
    },
    keepCode: (L) => {
      const bytecode = api.toBytes(L, 2);
      if (bytecode === null) return 0;
      if (kept.size >= most) kept.clear();
      kept.set(keyAt(L), { bytecode, pushed: bytecode.map((each) => each || 0xff) });
      return 0;
    },
  };
}

/** All of a file, or so many bytes from a place on, as far as it goes. */
function contentOf(name: Buffer, place: number | null, length: number | null): Buffer | null {
  try {
    if (place === null || length === null) return readFileSync(name);
    const descriptor = openSync(name, "r");
    try {
      const bytes = Buffer.alloc(length);
      return bytes.subarray(0, readSync(descriptor, bytes, 0, length, place));
    } finally {
      closeSync(descriptor);
    }
  } catch (error) {
    // Somebody has removed the folder.
    if (codeOf(error) === null) throw error;
    return null;
  }
}
