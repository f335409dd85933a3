import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { loadTargetList } from "../../../targets/load.ts";
import { SITES } from "./places.ts";
import { writeTargetList } from "./target-list.ts";

test("the lab's target list is one that the collector loads, and the lab serves every name in it", async () => {
  const folder = await mkdtemp(join(tmpdir(), "kuager-lab-list-"));
  try {
    await writeTargetList(folder);
    const { targets, anchors } = loadTargetList(folder);
    const served: string[] = [...SITES.abroad, ...SITES.domestic].map(({ name }) => name);
    for (const { id } of [...targets, ...anchors]) expect(served).toContain(id);
    expect(targets.map(({ id }) => id)).toEqual(expect.arrayContaining(["orda.kz", "azattyq.org"]));
    for (const group of ["domestic", "foreign"])
      expect(anchors.filter((anchor) => anchor.group === group).length).toBeGreaterThanOrEqual(2);
    for (const anchor of anchors) expect(anchor.addresses).toHaveLength(1);
  } finally {
    await rm(folder, { recursive: true });
  }
});
