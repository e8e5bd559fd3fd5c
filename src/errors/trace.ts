import { LuacovError } from "../errors.js";
import { visible } from "../files/visible.js";

export function vagueGlob(glob: string): LuacovError {
  const text = `trace cannot look for "${visible(glob)}": of globs it knows *, **, ? and braces, as Lua's own patterns are to say it`;
  return new LuacovError("CONFIG", text);
}

export function sandboxedTrace(output: string): LuacovError {
  const text = `The sandbox allows no trace outside the project, as ${visible(output)} would be; leave --output or --sandbox out`;
  return new LuacovError("CONFIG", text);
}
