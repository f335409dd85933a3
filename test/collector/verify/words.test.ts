import { describe, expect, it } from "vitest";
import { unjudged } from "../../../collector/verify/finding.ts";
import { findingsText, VERIFY_WORDS } from "../../../collector/verify/words.ts";

describe.each(["kk", "ru", "en"] as const)("what is said in %s of witnesses and keepers of time", (language) => {
  it.each(["witnesses", "stamp", "calendar"] as const)("of %s: that nothing is enclosed, where nothing is", (check) => {
    const text = findingsText([unjudged(check)], language);
    expect(text).toContain(VERIFY_WORDS[language].absent[check]);
    expect(text).not.toMatch(/--witnesses|--tsa-ca/);
    const some = findingsText([unjudged(check, "somebody")], language);
    expect(some).not.toContain(VERIFY_WORDS[language].absent[check]);
    expect(some).toContain("somebody");
  });
});
