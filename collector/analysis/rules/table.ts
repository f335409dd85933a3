import { DNS_RULES } from "./dns.ts";
import { HTTP_RULE, STATUS_451_RULE } from "./http.ts";
import { LINE_RULES, LOCAL_RULES } from "./local.ts";
import { OK_RULES } from "./ok.ts";
import { PROOF_RULES } from "./proof.ts";
import type { Rule } from "./rule.ts";
import { DIVIDED_RULE, REST_RULE, SITE_RULE, UNSTEADY_RULE } from "./site.ts";
import { TCP_RULE } from "./tcp.ts";
import { TLS_MITM_RULE, TLS_NAME_RULE, TLS_RULE } from "./tls.ts";

/**
 * Version of the table below and of what detection makes of its verdicts. Raise it whenever a verdict of any measurement
 * or an incident of any records can change: a rule, its order, a test of detection, or a number in settings.
 */
export const RULES_VERSION = "4";

/**
 * All rules in the order they are asked; the first that fits decides. Own host and line first, then proof that needs
 * no contrast, then DNS, then what the site itself answered, then what failed, layer by layer. `throttled` has no rule
 * here: speed is judged from `speed` records, never from a single fetch.
 */
export const RULES: readonly Rule[] = [
  ...LOCAL_RULES,
  ...PROOF_RULES,
  ...LINE_RULES,
  ...DNS_RULES,
  ...OK_RULES,
  SITE_RULE,
  UNSTEADY_RULE,
  TLS_NAME_RULE,
  DIVIDED_RULE,
  TCP_RULE,
  TLS_RULE,
  TLS_MITM_RULE,
  HTTP_RULE,
  STATUS_451_RULE,
  REST_RULE,
];
