/** The modules of threads in which programs run; each engine has its own. */
export const fengariScript = new URL("./worker.js", import.meta.url);
export const wasmScript = new URL("./wasm/worker.js", import.meta.url);
