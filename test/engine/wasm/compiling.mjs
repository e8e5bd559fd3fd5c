// Takes turns at having V8 compile well, again and again, while another thread makes functions with loops, which V8 compiles in the background.
import { isMainThread, Worker } from "node:worker_threads";
import { createCompilingTurn, wellCompiled } from "../../../build/engine/wasm/machine/wellCompiled.js";

const modules = 300;

/** Bytes of a module: `f(n)` adds to a number n times, each time this or that. */
function moduleOf(number) {
  const loop = [
    0x03,
    0x40,
    0x20,
    0,
    0x41,
    1,
    0x71,
    0x04,
    0x40,
    ...adding(number & 63),
    0x05,
    ...adding(number >> 6),
    0x0b,
  ];
  const again = [0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x0d, 0, 0x0b, 0x20, 1, 0x0b];
  const body = [1, 1, 0x7f, ...loop, ...again];
  const code = [1, body.length, ...body];
  const head = [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0];
  const [types, functions, exported] = [
    [1, 6, 1, 0x60, 1, 0x7f, 1, 0x7f],
    [3, 2, 1, 0],
    [7, 5, 1, 1, 0x66, 0, 0],
  ];
  return Uint8Array.from([...head, ...types, ...functions, ...exported, 10, code.length, ...code]);
}

function adding(number) {
  return [0x20, 1, 0x41, number, 0x6a, 0x21, 1];
}

function compile() {
  for (let number = 0; number < modules; number++) {
    const { exports } = new WebAssembly.Instance(new WebAssembly.Module(moduleOf(number)));
    for (let calls = 0; calls < 200; calls++) exports.f(10_000);
  }
}

function takeTurns() {
  const turn = createCompilingTurn();
  let [isOver, turns] = [false, 0];
  new Worker(new URL(import.meta.url)).once("exit", () => {
    isOver = true;
  });
  const takeSome = () => {
    for (let taken = 0; taken < 50; taken++) wellCompiled(turn, () => turns++);
    if (isOver) console.log("over");
    else setImmediate(takeSome);
  };
  takeSome();
}

if (isMainThread) takeTurns();
else compile();
