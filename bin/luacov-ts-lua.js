#!/usr/bin/env node
// Lua as `lua` is: what arg[-1] names in a measured program, so that the Lua it starts is measured, too.
import { lua } from "../dist/cli/start.js";

process.exitCode = await lua(process.argv.slice(2));
