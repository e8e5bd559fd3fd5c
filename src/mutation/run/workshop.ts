import { mkdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { notWritable } from "../../errors/outputs.js";
import { currentFolder, realPath } from "../../files/files.js";
import { removeMarked } from "../../output/leftovers.js";
import { markPattern, newMark } from "../../output/owner.js";
import type { Config } from "../../types.js";
import { copyFolder } from "./copy.js";

/** Where mutants run: copies of a project below one folder of the system's for temporary files. */
export interface Workshop {
  /** The folder of all copies. */
  readonly folder: string;
  /** A copy in which nothing runs. */
  readonly original: string;
  /** Makes a copy of it. */
  makeCopy(): Copy;
  close(): void;
}

/** A copy of the project, and where the current folder would be as seen from it. */
export interface Copy {
  readonly root: string;
  readonly folder: string;
  remove(): void;
}

const folderName = new RegExp(`^luacov-ts-mutants-(${markPattern})$`);
const versions = [".git", ".hg", ".svn", "node_modules"];

/** Makes the folder, with the project in it but for what versions, npm and runs of ours keep there. Throws NOT_WRITABLE. */
export function openWorkshop({
  cwd,
  tempDir,
  reportDir,
}: Pick<Config, "cwd" | "tempDir" | "reportDir">): Workshop {
  const place = path.join(tmpdir(), `luacov-ts-mutants-${newMark()}`);
  const close = () => rmSync(place, { recursive: true, force: true, maxRetries: 3 });
  // Programs may be started in another folder than the root, next to it or above.
  const common = commonFolder(cwd, currentFolder());
  const [ofRoot, ofCurrent] = [path.relative(common, cwd), path.relative(common, currentFolder())];
  try {
    removeMarked(tmpdir(), folderName);
    mkdirSync(path.join(place, "tmp"), { recursive: true, mode: 0o700 });
    const folder = realPath(place);
    const original = path.join(folder, "original");
    copyFolder(cwd, original, { names: versions, paths: [tempDir, reportDir, folder] });
    let count = 0;
    return {
      folder,
      original,
      makeCopy: () => {
        const own = path.join(folder, String(++count));
        const root = path.join(own, ofRoot);
        copyFolder(original, root, { names: [], paths: [] });
        mkdirSync(path.join(own, ofCurrent), { recursive: true });
        const remove = () => rmSync(own, { recursive: true, force: true, maxRetries: 3 });
        return { root, folder: path.join(own, ofCurrent), remove };
      },
      close,
    };
  } catch (cause) {
    close();
    throw notWritable(tmpdir(), cause);
  }
}

/** The innermost folder that both are in. */
function commonFolder(a: string, b: string): string {
  let common = a;
  while (b !== common && !b.startsWith(common.endsWith(path.sep) ? common : `${common}${path.sep}`)) {
    common = path.dirname(common);
  }
  return common;
}
