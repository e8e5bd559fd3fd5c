/** Which files a configuration of LuaCov's measures, in Lua patterns on names with "/" and without `.lua`. */
export interface LuacovScope {
  /** Null where somebody else says what is included. */
  readonly include: readonly string[] | null;
  readonly exclude: readonly string[];
  readonly modules: readonly {
    readonly pattern: string;
    readonly target: string;
    readonly isFolder: boolean;
  }[];
}

/** What of a `.luacov` counts here and has no option of ours. Paths are absolute. */
export interface LuacovSettings {
  readonly file: string;
  readonly scope: LuacovScope;
  /** The files and folders to which `all` is limited; null for all of them. */
  readonly untested: readonly string[] | null;
  /** Where LuaCov's two files are written; null for the usual names in the folder of reports. */
  readonly statsFile: string | null;
  readonly reportFile: string | null;
  /** A stats file that a report removes once it was read; null for none. */
  readonly removes: string | null;
}
