import type { Host } from "../../host/host.js";
import type { State } from "../state.js";
import type { Bypass } from "../system/bypass.js";
import type { OpenFiles } from "../system/openFiles.js";
import { installCommands } from "./commands.js";
import { installEnvironment } from "./environment.js";
import { installConcat } from "./fidelity/concat.js";
import { installFormat } from "./fidelity/format.js";
import { installPack } from "./fidelity/pack.js";
import { installRandom } from "./fidelity/random.js";
import { installFiles } from "./files.js";
import { installModules } from "./modules.js";
import { installTemporary } from "./temporary.js";
import { installTimes } from "./times.js";

export interface LibraryOptions {
  readonly host: Host;
  readonly bypass: Bypass;
  readonly files: OpenFiles;
  readonly refuse: (error: unknown) => never;
}

/**
 * Gives a state what the package's libraries lack, as they were compiled for systems without POSIX: whatever Lua's own C code has of a
 * function still does it.
 */
export function installLibraries(state: State, { host, bypass, files, refuse }: LibraryOptions): void {
  const { calls, handed, wide, commands } = bypass;
  // First, as others open files of their own kinds by what this makes of C's.
  installFiles(state, { calls, files, lastFailure: bypass.lastFailure });
  installFormat(state);
  installConcat(state);
  installPack(state);
  installRandom(state);
  installCommands(state, { calls, handed, files, refuse, lastStatus: commands.last });
  installEnvironment(state, host.environment);
  installModules(state, host.environment);
  installTemporary(state, { calls, handed, refuse });
  installTimes(state, wide);
}
