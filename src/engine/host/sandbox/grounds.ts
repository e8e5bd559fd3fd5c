import { type BigIntStats, realpathSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { type Held, type Hold, isSame } from "./hold.js";

/** Where a folder is: in the project, outside, or among the packages from which we load our own code. */
export type Ground = "inside" | "outside" | "packages";

/** The folders by which a walk knows where it is. */
export interface Grounds {
  /** What a folder is that was entered from one that is `from`. */
  groundOf(folder: Held, from: Ground): Ground;
  isRoot(held: Held): boolean;
  /** Whether it is a folder of the project that has to stay where it is. */
  isFixed(held: Held): boolean;
  close(): void;
}

const manifest = fileURLToPath(new URL("../../../../package.json", import.meta.url));

/**
 * The project at `root` is a program's, but for the `node_modules` in it that we are installed in: we would run what it
 * writes there, with no sandbox around it.
 */
export function createGrounds(root: string, hold: Hold, ownFile = manifest): Grounds {
  const real = realpathSync(root);
  const held = hold(Buffer.from(real));
  const fixed = packageFolders(real, realpathSync(ownFile)).map((folder) => statsOf(hold, folder));
  const packages = fixed.at(-1);
  const isRoot = ({ stats }: Held) => isSame(stats, held.stats);
  const isFixed = ({ stats }: Held) => fixed.some((each) => isSame(each, stats));
  const isPackages = ({ stats }: Held) => packages !== undefined && isSame(stats, packages);
  return {
    isRoot,
    isFixed,
    groundOf: (folder, from) => {
      if (isPackages(folder)) return "packages";
      return isRoot(folder) || isFixed(folder) ? "inside" : from;
    },
    close: () => held.release(),
  };
}

/** The folders from the root down to the first `node_modules` on the way to a file; none without one. */
function packageFolders(root: string, file: string): string[] {
  const names = path.relative(root, file).split(path.sep);
  const last = names.indexOf("node_modules");
  if (last === -1 || names[0] === ".." || path.isAbsolute(names[0] ?? "")) return [];
  return names.slice(0, last + 1).map((_, index) => path.join(root, ...names.slice(0, index + 1)));
}

function statsOf(hold: Hold, folder: string): BigIntStats {
  const held = hold(Buffer.from(folder));
  held.release();
  return held.stats;
}
