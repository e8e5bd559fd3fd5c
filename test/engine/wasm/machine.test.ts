import fc from "fast-check";
import { expect, test } from "vitest";
import { indexOf } from "../../../src/engine/wasm/machine/functions.js";
import { callSoon, hookLayout } from "../../../src/engine/wasm/machine/hook.js";
import { withoutData, withSharedMemory } from "../../../src/engine/wasm/package/binary.js";
import { wasmVersions } from "../../../src/engine/wasm/package/versions.js";
import { freshState, resultOf } from "./state.js";

for (const version of wasmVersions) {
  test(`${version}: any bytes become the string that they are`, () => {
    const state = freshState(version);
    const { api, L } = state;
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        state.pushBytes(L, bytes);
        const same = api.toBytes(L, -1);
        api.pop(L);
        expect(same).toEqual(bytes);
      }),
    );
  });

  test(`${version}: numbers and booleans become what they are`, () => {
    const state = freshState(version);
    fc.assert(
      fc.property(fc.oneof(fc.double({ noNaN: true }), fc.maxSafeInteger(), fc.boolean()), (value) => {
        const text = 'local v = ... return type(v) == "number" and ("%.17g"):format(v) or tostring(v)';
        const shown = resultOf(state, text, () => {
          state.pushSimple(state.L, value);
          return 1;
        });
        expect(typeof value === "boolean" ? shown : Number(shown.replace("inf", "Infinity"))).toEqual(
          typeof value === "boolean" ? String(value) : value,
        );
      }),
    );
  });

  test(`${version}: whole numbers are integers where Lua has these`, () => {
    const state = freshState(version);
    const shown = resultOf(state, "return tostring(...)", () => {
      state.pushSimple(state.L, 3);
      return 1;
    });
    expect(shown).toBe("3");
  });

  test(`${version}: a function of ours is called as one in C, each by itself`, () => {
    const state = freshState(version);
    const { api, L } = state;
    const text = `local f, g = ...
      local info = debug.getinfo(f, "S")
      return info.what .. info.short_src .. f("a", "b") .. g() .. tostring(f == g) .. type(print)`;
    const shown = resultOf(state, text, () => {
      state.pushFunction(L, (L1) => {
        state.pushSimple(L1, api.getTop(L1));
        return 1;
      });
      state.pushFunction(L, (L1) => {
        api.pushText(L1, "second");
        return 1;
      });
      return 2;
    });
    expect(shown).toBe("C[C]2secondfalsefunction");
  });

  test(`${version}: an error that a function of ours raises is caught, and names the caller`, () => {
    const state = freshState(version);
    const shown = resultOf(state, "local f = ...\nreturn select(2, pcall(function() f() end))", () => {
      state.pushFunction(state.L, (L1) => state.raise(L1, Buffer.from("refused")));
      return 1;
    });
    expect(shown).toMatch(/:2: refused$/);
  });

  test(`${version}: an exception goes through pcall and coroutines`, () => {
    const state = freshState(version);
    const { api, L } = state;
    api.load(L, "local f = ... pcall(coroutine.wrap(function() pcall(f) end)) error('went on')");
    const thrown = new Error("through all");
    state.pushFunction(L, () => {
      throw thrown;
    });
    expect(() => api.call(L, 1, 0)).toThrow(thrown);
  });

  test(`${version}: a hook is called in a loop without calls, also of a program with a hook of its own`, () => {
    const state = freshState(version);
    const { api, L } = state;
    const layout = hookLayout(state);
    const stop = new Error("stopped");
    const index = indexOf(
      api,
      () => {
        throw stop;
      },
      "hook",
    );
    state.pushFunction(L, (L1) => {
      callSoon(api.machine.memory, L1, layout, index);
      return 0;
    });
    api.setGlobal(L, "soon");
    api.load(
      L,
      `debug.sethook(function() end, "l")
      coroutine.wrap(function() debug.sethook(function() soon() debug.sethook() end, "", 3) while true do end end)()`,
    );
    expect(() => api.call(L, 0, 0)).toThrow(stop);
  });
}

test("a module that is made otherwise is refused", () => {
  const empty = Uint8Array.of(0, 0x61, 0x73, 0x6d, 1, 0, 0, 0);
  expect(() => withSharedMemory(empty, { module: "a", name: "b" })).toThrow("a module without");
  const cut = Uint8Array.of(...empty, 5, 9);
  expect(() => withoutData(cut)).toThrow("a module that ends too early");
});
