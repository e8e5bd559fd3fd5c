/** The thread that `analyseAll` starts. */

import { serve } from "../threads/threads.js";
import { analyseRequest, loadAnalyser } from "./analyseRequest.js";
import type { AnalysisRequest } from "./request.js";

serve(async (request: AnalysisRequest) => analyseRequest(request, await loadAnalyser(request.counted.by)));
