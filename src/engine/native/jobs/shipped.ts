import path from "node:path";
import { fileURLToPath } from "node:url";

/** What a Lua of the user's is started with, before the file of a job. */
export const startScript = fileURLToPath(new URL("../../../lua/native/main.lua", import.meta.url));

/** The folder of the Lua files that we ship. */
export const shipped = path.dirname(path.dirname(startScript));
