import { randomBytes } from "node:crypto";
import { constants, openSync, unlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

/** A name in the folder for temporary files, like those of os.tmpname, that nobody has. */
export function temporaryPath(): Buffer {
  return Buffer.from(path.join(folder(), `lua_${randomBytes(6).toString("base64url")}`));
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
  const name = temporaryPath();
  const fd = openSync(name, constants.O_RDWR | constants.O_CREAT | constants.O_EXCL, 0o600);
  if (process.platform !== "win32") unlinkSync(name);
  return fd;
}

function folder(): string {
  return process.platform === "win32" ? tmpdir() : "/tmp";
}
