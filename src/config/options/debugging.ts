import { count, list, text, yesNo } from "./kinds.js";

/** What stops programs under `debug`, whose flags these are; no other command has them, and no configuration file. */
export const debugging = {
  break: list(
    [],
    "WHERE",
    'stop there: FILE:LINE or the name of a function, with "if CONDITION" and "after N" behind it',
  ),
  breakOnFailure: yesNo(false, "stop where a test fails, and at errors that nothing catches"),
  breakOnError: yesNo(false, "stop at every error"),
  skip: list([], "PATTERN", "Lua pattern of files in which no step stops"),
  log: text(undefined, "FILE", "write commands and answers to a file, and what they changed in the program"),
  listen: count(
    [0, 65535],
    undefined,
    "PORT",
    "let an editor attach at a port of this machine, 0 for a free one",
  ),
  noWait: yesNo(false, "begin before an editor is there"),
} as const;
