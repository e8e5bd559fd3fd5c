import { LuacovError, usage } from "../errors.js";
import { visible } from "../files/visible.js";

/** A line from the debugger in a program that is no reply, or none of the form that it should have. */
export function badReply(line: string, reason: string): LuacovError {
  const shown = visible(line.length > 60 ? `${line.slice(0, 60)}…` : line);
  return new LuacovError("DEBUG", `The debugger in the program answered "${shown}", which ${reason}`);
}

export function programEnded(): LuacovError {
  return new LuacovError("DEBUG", "The program is over, so that nothing in it can be asked for any more");
}

/** What the debugger in a program says of a command that gives nothing. */
export function refusedCommand(reason: string): LuacovError {
  return new LuacovError("DEBUG", reason);
}

export function sandboxedDebugger(): LuacovError {
  const text =
    "A debugger writes any variable of the program, which --sandbox is to hold: leave out one of the two";
  return new LuacovError("CONFIG", text);
}

export function badBreak(problem: string): LuacovError {
  return usage(`--break: ${problem}`);
}

export function noNamedPipes(reason: string): LuacovError {
  const text = `A debugger and a program speak through named pipes, which mkfifo cannot make here: ${reason}`;
  return new LuacovError("DEBUG", text);
}
