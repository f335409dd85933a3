import { loadBlockPages } from "../../../targets/load.ts";

type BlockPage = ReturnType<typeof loadBlockPages>[number];

/** The lab filter's own page, as one on record. */
const LAB_PAGE: BlockPage = {
  id: "lab-filter",
  country: "KZ",
  match: { status: null, title: null, bodyContains: "lab filter 17", headerContains: null },
  authority: null,
  basis: "seen",
  source: "the lab",
};

/** Block pages that the matrix's probes and its judge know: the project's, and the lab's own. */
export function knownBlockPages(): BlockPage[] {
  return [LAB_PAGE, ...loadBlockPages()];
}
