import type { Stamp } from "../../collector/api/types.ts";

/** The moment whose state of knowledge a view shows, or null where it shows what is known as it is made. */
export function frozenAt({ asOf, generatedAt }: Pick<Stamp, "asOf" | "generatedAt">): string | null {
  return asOf === generatedAt ? null : asOf;
}
