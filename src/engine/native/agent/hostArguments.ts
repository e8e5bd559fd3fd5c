import path from "node:path";

/** What makes a host that reads no LUA_INIT run the agent before all else. */
const start = 'dofile(os.getenv "LUACOV_TS_AGENT")';

type Arguments = readonly string[];

/** Hosts that have a place for it on their command line, by the names of their programs. */
const hosts: Readonly<Record<string, (args: Arguments, agent: string) => Arguments>> = {
  nvim: (args) => ["--cmd", `lua ${start}`, ...args],
  resty: (args) => ["-e", start, ...args],
  tarantool: withScriptBefore,
};

/** A command with what makes it load the agent, where LUA_INIT does not. */
export function withAgent([program = "", ...args]: Arguments, agent: string): string[] {
  const host = hosts[path.basename(program, ".exe")];
  return [program, ...(host === undefined ? args : host(args, agent))];
}

/** The agent as the script, which runs the next one. */
function withScriptBefore(args: Arguments, agent: string): Arguments {
  const isValue = (index: number) => /^-[el]$/.test(args[index - 1] ?? "");
  const script = args.findIndex((arg, index) => !arg.startsWith("-") && !isValue(index));
  return script === -1 ? args : [...args.slice(0, script), agent, ...args.slice(script)];
}
