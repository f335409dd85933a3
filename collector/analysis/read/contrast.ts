import { type ControlFacts, isWell } from "./control.ts";

/** What the controls say of one layer: most reached it, none or few did, they are divided, or there are none. */
export type Contrast = "reached" | "failed" | "split" | "none";
/** `well` is an answer that is no error of the server. */
export type Layer = "dns" | "tcp" | "tls" | "http" | "well";

const PASSED: Readonly<Record<Layer, (control: ControlFacts) => boolean>> = {
  dns: (control) => control.addresses.size > 0,
  tcp: (control) => control.connected.size > 0,
  tls: (control) => control.handshake,
  http: (control) => control.status !== null,
  well: isWell,
};

/**
 * Majority of the usable controls at a layer. For a site hosted in the watched country one control that reaches it is
 * enough: a site that locks foreigners out is up for its own country, and a filter in front of it is not the witness's.
 */
export function contrastOf(controls: readonly ControlFacts[], layer: Layer, hostedInside: boolean): Contrast {
  const usable = controls.filter((control) => control.usable);
  if (usable.length === 0) return "none";
  const passed = usable.filter(PASSED[layer]).length;
  if (hostedInside) return passed > 0 ? "reached" : "failed";
  if (passed * 2 === usable.length) return "split";
  return passed * 2 > usable.length ? "reached" : "failed";
}

/**
 * Controls that may speak of a site. One inside the watched country is held back by the same filters as the witness:
 * of a site that is not hosted there it counts where it reached it, and where it did not it says nothing.
 */
export function fitControls(
  controls: readonly ControlFacts[],
  hostedInside: boolean,
  country: string,
): readonly ControlFacts[] {
  const inside = ({ place }: ControlFacts) => place === country || place?.startsWith(`${country}-`) === true;
  if (hostedInside || !controls.some(inside)) return controls;
  return controls.filter((control) => !inside(control) || isWell(control));
}
