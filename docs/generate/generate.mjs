// Writes what of the pages is made from the tables and types: node docs/generate/generate.mjs, after npm run build
import { writeFileSync } from "node:fs";
import { generatedPages } from "./pages.mjs";

for (const { file, text } of generatedPages()) writeFileSync(file, text);
