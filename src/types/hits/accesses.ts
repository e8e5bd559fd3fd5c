/** What a program asked of the system that may be answered otherwise the next time. Paths are absolute, and but for `changed`, of what it wrote itself there are none. */
export interface Accesses {
  /** What it opened or listed, whether it was there or not. */
  readonly opened: readonly string[];
  /** What it asked about alone: of a folder whether it is there, and not what is in it. */
  readonly asked: readonly string[];
  /** What of that it removed later on. */
  readonly removed: readonly string[];
  /** What it made, wrote, moved or removed itself, whatever had been there. */
  readonly changed: readonly string[];
  /** What nobody can follow, in words behind "it": `starts other programs`. */
  readonly doubts: readonly string[];
}
