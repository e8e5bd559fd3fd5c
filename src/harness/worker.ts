import { runJob } from "./job.js";
import { serve } from "./threads.js";

serve((job, setup) => runJob(job, setup.interrupt));
