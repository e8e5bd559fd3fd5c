import { constants, openSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { crypto } from "./builtins.js";
import { codeOf } from "./failure.js";

/** A name in the folder for temporary files, like those that mkstemp makes for os.tmpname. */
export function temporaryPath(): Buffer {
  const letter = () => letters.charAt(crypto().randomInt(letters.length));
  return Buffer.from(path.join(folder(), `lua_${Array.from({ length: 6 }, letter).join("")}`));
}

const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";

/** Makes a file of a name that nobody has, and opens it. */
export function openNamed(flags: number): { readonly name: Buffer; readonly fd: number } {
  for (;;) {
    const name = temporaryPath();
    try {
      return { name, fd: openSync(name, flags | constants.O_CREAT | constants.O_EXCL, 0o600) };
    } catch (error) {
      if (codeOf(error) !== "EEXIST") throw error;
    }
  }
}

/** Opens a file without a name, to be read and written, which ends with its descriptor. */
export function openNameless(): number {
  return (process.platform === "linux" ? withoutName() : null) ?? withoutNameAnyMore();
}

/** Linux's flags for a file that never had a name; Node does not name them. */
const O_TMPFILE = 0o20000000 | (constants.O_DIRECTORY ?? 0);

/** Null where the file system knows no such files. */
function withoutName(): number | null {
  try {
    return openSync(folder(), O_TMPFILE | constants.O_RDWR | constants.O_EXCL, 0o600);
  } catch {
    return null;
  }
}

function withoutNameAnyMore(): number {
  const { name, fd } = openNamed(constants.O_RDWR);
  if (process.platform !== "win32") unlinkSync(name);
  return fd;
}

function folder(): string {
  return process.platform === "win32" ? tmpdir() : "/tmp";
}
