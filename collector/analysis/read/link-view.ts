import type { LinkBody, LinkState } from "../../../protocol/records/link.ts";
import { LINK_STATES } from "../../../protocol/records/link.ts";

/** State of the probe's line while it measured; `resolverOk` null: not checked. */
export type LinkView = { state: LinkState; portal: boolean; resolverOk: boolean | null };

/** What rules need of a link entry. */
export function linkView(body: LinkBody): LinkView {
  return { state: body.state, portal: body.portal, resolverOk: body.checks.resolver?.ok ?? null };
}

/** Position on the ladder, 0 for none. */
export function rung(state: LinkState): number {
  return LINK_STATES.indexOf(state);
}
