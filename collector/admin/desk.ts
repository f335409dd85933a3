import type { Logger } from "pino";
import type { SendAlert } from "../alerts/channels.ts";
import type { EpochMs } from "../analysis/types.ts";
import type { Reader } from "../api/reader.ts";
import type { Threshold } from "../api/threshold.ts";
import type { Pages } from "../api/types.ts";
import type { Config } from "../config.ts";
import type { Metrics } from "../metrics/metrics.ts";
import type { Audit } from "./audit.ts";
import type { Passkeys } from "./passkeys.ts";
import type { Sessions } from "./sessions.ts";
import type { Credentials, SignIn } from "./sign-in.ts";
import type { Throttle } from "./throttle.ts";
import type { AdminPages } from "./types.ts";

/** What every screen works with. */
export type Desk = {
  readonly reader: Reader;
  readonly threshold: Threshold;
  readonly config: Config;
  readonly pages: AdminPages;
  readonly words: Pick<Pages, "testNotice">;
  readonly audit: Audit;
  readonly sessions: Sessions;
  readonly throttle: Throttle;
  readonly signIn: (credentials: Credentials) => Promise<SignIn>;
  readonly passkeys: Passkeys;
  readonly metrics: Metrics;
  readonly sendAlert: SendAlert;
  readonly turnsWaiting: () => number;
  readonly startedAt: EpochMs;
  /** Where those who sign in reach the administration. */
  readonly origin: () => string;
  readonly log: Logger;
};
