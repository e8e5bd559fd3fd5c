import path from "node:path";

/** What makes a host that reads no LUA_INIT run the agent before all else, where it has been told of one. */
const start = 'local agent = os.getenv "LUACOV_TS_AGENT" if agent then dofile(agent) end';

type Arguments = readonly string[];

/** Hosts that take it before all that they are given, by the names of their programs. */
export const argumentsBefore: Readonly<Record<string, Arguments>> = {
  nvim: ["--cmd", `lua ${start}`],
  resty: ["-e", start],
};

/** A command with what makes it load the agent, where LUA_INIT does not. */
export function withAgent([program = "", ...args]: Arguments, agent: string): string[] {
  const name = path.basename(program, ".exe");
  const before = argumentsBefore[name] ?? [];
  return [program, ...before, ...(name === "tarantool" ? withScriptBefore(args, agent) : args)];
}

/** The agent as the script, which runs the next one. */
function withScriptBefore(args: Arguments, agent: string): Arguments {
  const isValue = (index: number) => /^-[el]$/.test(args[index - 1] ?? "");
  const script = args.findIndex((arg, index) => !arg.startsWith("-") && !isValue(index));
  return script === -1 ? args : [...args.slice(0, script), agent, ...args.slice(script)];
}
