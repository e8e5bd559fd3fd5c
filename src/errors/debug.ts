import { LuacovError, reasonOf, usage } from "../errors.js";
import { visible } from "../files/visible.js";

/** A line from the debugger in a program that is no reply, or none of the form that it should have. */
export function badReply(line: string, reason: string): LuacovError {
  const shown = visible(line.length > 60 ? `${line.slice(0, 60)}…` : line);
  return new LuacovError("DEBUG", `The debugger in the program answered "${shown}", which ${reason}`);
}

/** A program has ended before it has answered. */
export class ProgramOver extends LuacovError {}

export function programEnded(): ProgramOver {
  return new ProgramOver("DEBUG", "The program is over, so that nothing in it can be asked for any more");
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

/** What an editor has asked in another form than the Debug Adapter Protocol has. */
export function badRequest(key: string, problem: string): LuacovError {
  return new LuacovError("DEBUG", `The request cannot be read at ${visible(key)}: ${visible(problem)}`);
}

/** What an editor has sent that is no message at all: nobody knows where the next one begins. */
export function notOfTheProtocol(problem: string): LuacovError {
  const text = `An editor sent what is no message of the Debug Adapter Protocol, so that its session is over: ${visible(problem)}`;
  return new LuacovError("DEBUG", text);
}

export function noSuchRequest(command: string): LuacovError {
  return new LuacovError("DEBUG", `There is no request "${visible(command)}" in luacov-ts's debugger`);
}

export function nothingToLaunch(): LuacovError {
  const text =
    'A launch configuration has "program", a script or a test file, or "tests", a list of files, folders and globs';
  return new LuacovError("DEBUG", text);
}

export function nothingRuns(): LuacovError {
  return new LuacovError("DEBUG", "There is nothing to run again, as nothing was launched");
}

export function wrongToken(): LuacovError {
  const text = '"token" in the configuration has to be the one that luacov-ts has printed with the port';
  return new LuacovError("DEBUG", text);
}

export function runsAlready(): LuacovError {
  const text = "A run goes on already: nothing else is begun or joined beside it";
  return new LuacovError("DEBUG", text);
}

export function nothingToAttach(): LuacovError {
  const text =
    'A configuration that attaches has the "port" and "token" that luacov-ts debug --listen has printed; on a port of luacov-ts dap, programs are launched';
  return new LuacovError("DEBUG", text);
}

export function anotherEditor(): LuacovError {
  return new LuacovError("DEBUG", "Another editor is attached to this run");
}

export function otherHost(host: string): LuacovError {
  const text = `"host" can only be this machine, 127.0.0.1, as a debugger can do what the program can, and was ${visible(host)}`;
  return new LuacovError("DEBUG", text);
}

export function cannotAttach(port: number, cause: unknown): LuacovError {
  const text = `No run of luacov-ts debug --listen is to be had at port ${port} of this machine: ${reasonOf(cause)}`;
  return new LuacovError("DEBUG", text);
}

export function runsNow(): LuacovError {
  return new LuacovError("DEBUG", "The program runs: only when it stands still it can be asked");
}

export function goneFrame(): LuacovError {
  return new LuacovError("DEBUG", "This call is gone, as the program has gone on");
}

export function goneVariables(): LuacovError {
  return new LuacovError("DEBUG", "These variables are gone, as the program has gone on");
}

export function onlyExpressions(): LuacovError {
  return new LuacovError("DEBUG", "Only expressions are evaluated here; statements are for the console");
}

export function noSourceText(name: string): LuacovError {
  return new LuacovError("DEBUG", `There is no text of ${visible(name)} to be read`);
}

export function noFolder(folder: string): LuacovError {
  return new LuacovError("DEBUG", `"cwd" in the launch configuration is no folder: ${visible(folder)}`);
}

export function cannotListen(port: number, cause: unknown): LuacovError {
  return new LuacovError("DEBUG", `Port ${port} of this machine is not to be had: ${reasonOf(cause)}`);
}
