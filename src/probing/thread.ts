/** The thread that `makeAllCopies` starts. */

import { serve } from "../threads/threads.js";
import { makeCopies } from "./copies.js";

serve(makeCopies);
