import type { Failure } from "../../host/primitives/failure.js";
import { bytesOf } from "../../host/primitives/value.js";
import type { State } from "../state.js";

/** luaL_fileresult: nil, what went wrong, with the name of what it is about if there is one, and its number. */
export function pushFailure(
  state: State,
  L: number,
  { errno, message }: Failure,
  name: Uint8Array | null = null,
): number {
  state.pushSimple(L, null);
  state.pushBytes(L, name === null ? bytesOf(message) : Buffer.concat([name, bytesOf(`: ${message}`)]));
  state.pushSimple(L, errno);
  return 3;
}
