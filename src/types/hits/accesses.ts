/** What a program asked of the system that may be answered otherwise the next time. Paths are absolute, and but for `changed`, of what it wrote itself there are none. */
export interface Accesses {
  /** What it looked at, and what it did to what it had not made itself. */
  readonly looks: readonly Look[];
  /** What of that it removed later on. */
  readonly removed: readonly string[];
  /** What it made, wrote, moved or removed itself, whatever had been there. */
  readonly changed: readonly string[];
  /** What nobody can follow, in words behind "it": `starts other programs`. */
  readonly doubts: readonly string[];
}

/** A path on which a program depends. */
export interface Look {
  readonly path: string;
  readonly use: Use;
  /** What there was before the program changed it itself; absent where that is still to be found there. */
  readonly before?: State;
}

/**
 * What of a path counts:
 *
 * - "opened": what is in it, of a folder its names, whether it was there or not; the same of what was "moved", and of what was "linked"
 *   to, for which that may not be all;
 * - "led": where it leads by links;
 * - what would come of a deed: whether a file could be "written" there, a folder or link "made", a file or empty folder "removed", an
 *   empty folder "emptied";
 * - "asked:size": an attribute, by its name in LuaFileSystem; "asked:all" are all but the time of access, "asked:lasting" those of a
 *   folder that stay when somebody writes into it. With "link:" they are those of a link itself.
 */
export type Use = "opened" | "moved" | "linked" | "led" | Deed | `asked:${string}` | `link:${string}`;

export type Deed = "written" | "made" | "removed" | "emptied";

/** What a deed has found at a path: null is nothing to do it to. */
export type State = "free" | "removable" | "taken" | "no folder" | null;
