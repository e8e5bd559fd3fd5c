import { rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { createLines } from "../../../debug/lines.js";
import type { DebuggedProgram } from "../../../debug/program.js";
import type { DebugConnection } from "../../../debug/shown.js";
import { currentFolder } from "../../../files/files.js";
import { literal } from "../../literal.js";
import { startScript } from "../jobs/shipped.js";
import { openToRead, openToWrite, type PipePair } from "./pipe.js";

export interface NativeConnection extends DebugConnection {
  /** What the program finds in its environment. */
  readonly environment: Readonly<Record<string, string>>;
}

export interface ConnectionOptions extends Pick<DebuggedProgram, "file" | "lua"> {
  readonly pipes: PipePair;
  /** The debugger as bytecode of that Lua; null where there is none. */
  readonly compiled: string | null;
  /** Called before what the program says is handed on. */
  readonly onSaid?: () => void;
}

/** Makes the way to a program, with a folder of its own (see `src/lua/agent/debugging/request.lua`), over pipes that were made. */
export function openConnection(
  folder: string,
  { file, lua, pipes: [requests, replies], compiled, onSaid = () => {} }: ConnectionOptions,
): NativeConnection {
  const mark = path.join(folder, "debug");
  const pause = path.join(folder, "pause");
  const lines = createLines();
  const written = openToWrite(requests);
  let isThere = false;
  let isLeft = false;
  const read = openToRead(replies, (bytes) => {
    // Who has not come yet would wait for a pipe that nobody has open.
    if (!isThere && isLeft) written.close();
    isThere = true;
    onSaid();
    lines.add(bytes);
  });
  const own = { folder: currentFolder(), runner: startScript, ...(compiled === null ? {} : { compiled }) };
  const asked = { mark, requests, replies, pause, ...own };
  writeFileSync(mark, "");
  return {
    environment: { LUACOV_TS_DEBUG: literal(asked) },
    program: {
      file,
      lua,
      // Before 5.3 Lua finds no zeros in a line, so that its length comes first.
      send: (line) => written.write(Buffer.from(`${line.length}\n${line}`, "latin1")),
      pause: () => writeFileSync(pause, ""),
      lines,
    },
    leave: () => {
      isLeft = true;
      rmSync(mark, { force: true });
      if (isThere) written.close();
    },
    end: () => {
      written.close();
      read.close();
      lines.end();
    },
  };
}
