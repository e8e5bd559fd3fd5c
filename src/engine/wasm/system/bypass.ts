import type { Host } from "../../host/host.js";
import type { Status } from "../../host/primitives/commands/launcher.js";
import type { Failure } from "../../host/primitives/failure.js";
import type { SystemCalls } from "../../host/primitives/systemCalls.js";
import { createHanded, type Handed } from "./handed.js";
import { type Trust, trusting } from "./trust.js";
import { createWideTimes, type WideTimes } from "./wideTimes.js";

/** What goes past C's library, between Lua's libraries and the system: C's library has no room for it. */
export interface Bypass {
  readonly calls: SystemCalls;
  readonly handed: Handed;
  readonly wide: WideTimes;
  /** Null where no sandbox holds the program. */
  readonly trust: Trust | null;
  /** Hears what the system refuses, in the words that its numbers mean there. */
  readonly onFailure: (failure: Failure) => void;
  readonly lastFailure: () => Failure | null;
  readonly commands: {
    readonly onEnd: (end: Status | Failure) => void;
    /** How the last command of `os.execute` ended, or what kept it from running. */
    readonly last: () => Status | Failure | null;
  };
}

export function createBypass(host: Host): Bypass {
  const free = host.freeCalls();
  const held = host.systemCalls();
  const folder = host.environment.get("LUACOV_TS_HITS") ?? "";
  const { calls, trust } = free === null ? { calls: held, trust: null } : trusting(held, free, folder);
  let last: Status | Failure | null = null;
  let failure: Failure | null = null;
  return {
    calls,
    handed: createHanded(calls),
    wide: createWideTimes(),
    trust,
    onFailure: (each) => {
      failure = each;
    },
    lastFailure: () => failure,
    commands: {
      onEnd: (end) => {
        last = end;
      },
      last: () => last,
    },
  };
}
