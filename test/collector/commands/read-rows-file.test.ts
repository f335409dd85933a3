import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { readRowsFile } from "../../../collector/commands/read-rows-file.ts";
import { CAUSES } from "../../../protocol/incident.ts";
import { loadStatements } from "../../../targets/load.ts";
import { StatementRow } from "../../../targets/schema.ts";
import { temporaryFolder } from "../../end-to-end/processes.ts";

const folder = temporaryFolder();
afterAll(() => folder.remove());

test("a wrong line of a file that a person names is a mistake in that file, and null is named where it may stand", () => {
  const file = join(folder.path, "own.ndjson");
  const [first] = loadStatements();
  const read = (cause: unknown) => {
    writeFileSync(file, `${JSON.stringify({ ...first, cause })}\n`);
    return readRowsFile(file, StatementRow, ({ id }) => id);
  };
  const says = `${file} is not as it must be:\n${file}:1: cause: must be null or one of ${CAUSES[0]}, `;
  expect(() => read("weather")).toThrow(
    expect.objectContaining({ code: "bad_input", message: expect.stringContaining(says) }),
  );
  expect(read(null)).toHaveLength(1);
});
