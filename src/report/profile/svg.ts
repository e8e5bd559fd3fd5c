import { spawnSync } from "node:child_process";
import { noDrawing } from "../../errors/profile.js";

/** A graph in DOT as SVG, by Graphviz. Throws UNKNOWN_REPORTER where there is no `dot` that draws it. */
export function drawn(graph: string): Buffer {
  const { error, status, stdout, stderr } = spawnSync("dot", ["-Tsvg"], { input: graph, maxBuffer: largest });
  if (error !== undefined) throw noDrawing(error);
  if (status !== 0) throw noDrawing(new Error(`it said "${stderr.toString("utf8").trim()}"`));
  return stdout;
}

/** In bytes: what a browser could still show. */
const largest = 256 * 1024 * 1024;
