import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { BULK_COLUMNS } from "../../../collector/bulk/tables.ts";
import { startCollector, type TestCollector } from "../test-collector.ts";
import { dataDictionary, type ToldTable } from "./dictionary.ts";

type Spec = {
  paths: Record<
    string,
    {
      get: {
        summary: string;
        responses: { 200: { content: Record<string, { "x-columns"?: ToldTable["columns"] }> } };
      };
    }
  >;
};

let collector: TestCollector;
let tables: ToldTable[];
let csvPaths: string[];
beforeAll(async () => {
  collector = await startCollector();
  const { paths } = (await (await fetch(`${collector.url}/openapi.json`)).json()) as Spec;
  csvPaths = Object.keys(paths).filter((path) => path.endsWith(".csv"));
  tables = csvPaths.flatMap((path) => {
    const get = paths[path]?.get;
    const columns = get?.responses[200].content["text/csv"]?.["x-columns"];
    return get === undefined || columns === undefined ? [] : [{ path, about: get.summary, columns }];
  });
});
afterAll(() => collector.close());

describe("the data dictionary", () => {
  test("is docs/data-dictionary.md: after a change of a column, run this test with -u and commit", async () => {
    await expect(dataDictionary(tables)).toMatchFileSnapshot("../../../docs/data-dictionary.md");
  });

  test("tells every table that is given as CSV, and the header of each is what it tells", async () => {
    expect(tables.map(({ path }) => path)).toEqual(csvPaths);
    expect(tables.length).toBeGreaterThan(10);
    for (const { path, columns } of tables) {
      const answer = await fetch(`${collector.url}${path}`);
      const text = await answer.text();
      if (answer.status !== 200) continue;
      expect(text.split("\r\n")[0], path).toBe(columns.map(({ name }) => name).join(","));
    }
  });

  test("says of every column what it means, and names none twice", () => {
    const bulk = Object.entries(BULK_COLUMNS).map(([path, columns]) => ({ path, columns }));
    for (const { path, columns } of [...tables, ...bulk]) {
      expect(columns.filter(({ about }) => about.trim() === "").map(({ name }) => `${path} ${name}`)).toEqual([]);
      expect(new Set(columns.map(({ name }) => name)).size, path).toBe(columns.length);
    }
  });
});
