/** The thread that `startThread` starts. */

import { makeCopies } from "./copies.js";
import { serve } from "./threads.js";

serve(makeCopies);
