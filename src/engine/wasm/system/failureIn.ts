import { constants } from "node:os";
import { type Failure, failureOf } from "../../host/primitives/failure.js";
import type { Refuse } from "./files.js";

/**
 * What a program is told of an exception. What is no error of the system is refused; so is EINTR, by which a program stops waiting
 * that is to end: it would go on before whoever wants that can set Lua's hook.
 */
export function failureIn(error: unknown, refuse: Refuse): Failure {
  const failure = failureOf(error);
  return failure === null || failure.errno === constants.errno.EINTR ? refuse(error) : failure;
}
