import type { Primitive, Primitives, Value } from "../host/primitives/value.js";
import { bytesOf, textOf } from "../host/primitives/value.js";
import { Refusal } from "../host/sandbox/refusal.js";
import { literal } from "../literal.js";
import type { State } from "./state.js";
import { failureIn } from "./system/failureIn.js";
import type { Refuse } from "./system/files.js";

export interface BridgeOptions {
  readonly primitives: Primitives;
  /** What a sandbox refuses is an error of the function that has called the primitive. */
  readonly raise: (L: number, message: Uint8Array) => never;
  readonly refuse: Refuse;
}

/**
 * A primitive, by its name and its arguments on the stack. Results: a value; or a Lua text that stands for one and true;
 * or, of what the system refuses, nil, the message of strerror and errno.
 */
export function callPrimitive(state: State, L: number, { primitives, raise, refuse }: BridgeOptions): number {
  const name = textOf(state.api.toBytes(L, 1) ?? noBytes);
  // Our own Lua passes what the primitive's signature asks for.
  const primitive = primitives[name] as ((...args: unknown[]) => ReturnType<Primitive>) | undefined;
  if (primitive === undefined) return state.raise(L, bytesOf(`there is no primitive ${name}`));
  try {
    return pushValue(state, L, primitive(...argumentsAt(state, L)));
  } catch (error) {
    return pushFailure(state, L, error, { raise, refuse });
  }
}

const noBytes = new Uint8Array(0);

function argumentsAt(state: State, L: number): Value[] {
  const { api } = state;
  const count = api.getTop(L);
  return Array.from({ length: count - 1 }, (_, index) => valueAt(state, L, index + 2));
}

function valueAt(state: State, L: number, index: number): Value {
  const { api } = state;
  const type = api.type(L, index);
  if (type === "boolean") return state.toBoolean(L, index);
  return type === "number" ? state.toNumber(L, index) : type === "string" ? api.toBytes(L, index) : null;
}

function pushValue(state: State, L: number, value: Value): number {
  if (value === null || typeof value === "number" || typeof value === "boolean") {
    state.pushSimple(L, value);
    return 1;
  }
  if (value instanceof Uint8Array) {
    state.pushBytes(L, value);
    return 1;
  }
  state.api.pushText(L, literal(value));
  state.pushSimple(L, true);
  return 2;
}

function pushFailure(
  state: State,
  L: number,
  error: unknown,
  { raise, refuse }: Pick<BridgeOptions, "raise" | "refuse">,
): number {
  if (error instanceof Refusal) return raise(L, error.text);
  const failure = failureIn(error, refuse);
  state.pushSimple(L, null);
  state.api.pushText(L, failure.message);
  state.pushSimple(L, failure.errno);
  return 3;
}
