import type { SpawnSyncReturns } from "node:child_process";
import {
  type Started,
  startBusted as startBustedIn,
  startLua,
  debianTemplates as templatesOf,
} from "./debianLua.js";

/** Where Debian installs modules for lua5.3. */
export const debianTemplates = templatesOf("lua5.3");

/** Runs lua5.3 to its end. It finds modules in its folder, and those that Debian's packages install. */
export function startLua53(args: readonly string[], started: Started = {}): SpawnSyncReturns<string> {
  return startLua("lua5.3", args, started);
}

/** Runs Debian's busted in lua5.3. */
export function startBusted(args: readonly string[], started: Started = {}): SpawnSyncReturns<string> {
  return startBustedIn("lua5.3", args, started);
}
