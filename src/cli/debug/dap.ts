import { parseArgs } from "node:util";
import { usage } from "../../errors.js";
import { listenForEditors, serveEditor } from "../../index.js";

/** The arguments behind `dap` in, the exit code out: speaks the Debug Adapter Protocol with an editor. */
export async function dap(argv: readonly string[]): Promise<number> {
  const port = portIn(argv);
  if (port === null) return serveEditor();
  await listenForEditors(port, ({ port, token }) => {
    console.log(`Editors find the debugger at 127.0.0.1:${port}, with "token": "${token}"`);
  });
  return 0;
}

/** Null for the standard streams. */
function portIn(argv: readonly string[]): number | null {
  const { port } = parsed(argv);
  if (port === undefined) return null;
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65535)
    throw usage(`--port takes a number up to 65535, 0 for any that is free, and was given "${port}"`);
  return Number(port);
}

function parsed(argv: readonly string[]): { readonly port?: string | undefined } {
  try {
    return parseArgs({ args: [...argv], options: { port: { type: "string" } } }).values;
  } catch {
    throw usage(`dap takes --port N and nothing else, but was given "${argv.join(" ")}"`);
  }
}
