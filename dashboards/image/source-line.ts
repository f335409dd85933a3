import type { Stamp } from "../../collector/api/types.ts";
import type { Context } from "../context.ts";
import { DEFAULT_ZONE, momentText } from "../time.ts";

/** Who measured, state of knowledge, version of the rules and licence, in one line. */
export function sourceLine({ t, language }: Context, { asOf, rulesVersion, license }: Stamp): string {
  const when = momentText(asOf, { language, zone: DEFAULT_ZONE });
  return t("image.source", { when, rules: rulesVersion, license });
}
