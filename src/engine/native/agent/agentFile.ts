import { fileURLToPath } from "node:url";

/** The Lua file that measures inside a program. */
export const agentFile = fileURLToPath(new URL("../../../lua/agent/agent.lua", import.meta.url));
