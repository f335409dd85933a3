import { growSlowly, keepMemorySmall } from "../run/small-memory.ts";
import type { Order } from "./messages.ts";
import { serve } from "./serve.ts";

// The measuring process: started by measurer.ts with a channel, and nothing without one.
keepMemorySmall();
growSlowly();
/** What still runs in a thread (a name that getaddrinfo waits for) would hold an ordinary end. */
const end = () => process.kill(process.pid, "SIGKILL");
if (process.send === undefined) process.exit(1);
process.on("disconnect", end);
// Ctrl-C and a service manager's word go to all of a group: when to end is for the outside to say.
for (const name of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(name, () => {});
serve(
  {
    // This program's own words, from the process that started this one.
    onOrder: (listener) => process.on("message", (order) => listener(order as Order)),
    say: (word) => process.send?.(word, () => {}),
  },
  process.env,
);
