import { randomBytes } from "node:crypto";
import { tmpdir } from "node:os";
import path from "node:path";

/** A name in the folder for temporary files, like those of os.tmpname, that nobody has. */
export function temporaryPath(): Buffer {
  const folder = process.platform === "win32" ? tmpdir() : "/tmp";
  return Buffer.from(path.join(folder, `lua_${randomBytes(6).toString("base64url")}`));
}
