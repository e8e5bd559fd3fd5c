import type { OptionKey } from "../config/options/options.js";
import type { Style } from "../types.js";

/** What a project is, and what it needs to run here. Files are named below the root. */
export interface Project {
  /** Absolute. */
  readonly root: string;
  /** Why that is the root, in words. */
  readonly rootReason: string;
  /** What configures the project, and what it says, in words. */
  readonly configuration: readonly Said[];
  /** A configuration that counts, and that nobody is to overwrite, below the root; null for none. */
  readonly configured: string | null;
  /** The Luas that tests run in as things are. */
  readonly luas: readonly string[];
  readonly found: readonly string[];
  /** The style is null of what cannot be read. */
  readonly tests: readonly { readonly name: string; readonly style: Style | null }[];
  readonly sources: readonly string[];
  /** Those among them that were compiled and have no source map, by the language that they are from. */
  readonly compiled: readonly {
    readonly language: string;
    /** Whether a line of the Lua is the same line of what it is from. */
    readonly hasSameLines: boolean;
    readonly files: readonly string[];
  }[];
  /** Lua files that are not measured, by the reason. */
  readonly leftOut: readonly { readonly reason: string; readonly files: readonly string[] }[];
  /** What would not run as things are, and why; or may not, by what functions do that may be called. */
  readonly blocked: readonly {
    readonly tests: readonly string[];
    readonly reason: string;
    readonly isCertain: boolean;
  }[];
  /** What a configuration should say. */
  readonly settings: readonly Setting[];
  /** What no setting mends. */
  readonly problems: readonly Problem[];
}

export interface Said {
  readonly name: string;
  readonly says: string;
}

/** An option that the project needs. */
export interface Setting {
  readonly key: OptionKey;
  readonly value: readonly string[];
  readonly reason: string;
  /** Whether something does not run without it. */
  readonly isNeeded: boolean;
}

export interface Problem {
  readonly message: string;
  /** What mends it, as typed; none where that is said in words. */
  readonly commands: readonly string[];
}
