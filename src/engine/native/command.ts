import { spawn } from "node:child_process";
import type { CommandEnd } from "../../types.js";
import { childEnd } from "./childEnd.js";
import { logicalFolder } from "./logicalFolder.js";

/** What a terminal sends to all of its foreground processes, so that a command beneath this one has it already. */
const fromTerminal = ["SIGINT", "SIGQUIT"] as const;
const passedOn = ["SIGTERM", "SIGHUP", "SIGUSR2"] as const;

/**
 * Runs a command to its end, with the input, output and signals of this process. One that is shown by somebody at the terminal leaves
 * this to them: it reads nothing from standard input, and what ends programs comes to it only while `isShown` gives false. Throws what the
 * system says where it cannot be started.
 */
export async function runCommand(
  [command = "", ...args]: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
  isShown: (() => boolean) | null = null,
): Promise<CommandEnd> {
  const isAtTerminal = [process.stdin, process.stdout, process.stderr].some(({ isTTY }) => isTTY);
  const pass = (signal: NodeJS.Signals) => child.kill(signal);
  const keep = (signal: NodeJS.Signals) =>
    (isShown === null ? isAtTerminal : isShown()) || child.kill(signal);
  // Heard of from before the command starts, and told of after: none may end this process alone.
  if (process.platform !== "win32") {
    for (const signal of passedOn) process.on(signal, pass);
    for (const signal of fromTerminal) process.on(signal, keep);
  }
  const child = spawn(command, args, {
    stdio: [isShown !== null ? "ignore" : "inherit", "inherit", "inherit"],
    // In a group of its own, it does not hear what is typed.
    detached: isShown !== null,
    env: { ...process.env, PWD: logicalFolder(), ...environment },
  });
  try {
    return await childEnd(child, "exit");
  } finally {
    for (const signal of passedOn) process.off(signal, pass);
    for (const signal of fromTerminal) process.off(signal, keep);
  }
}
