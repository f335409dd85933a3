import { describe, expect, test } from "vitest";
import { loadBlockPages, loadInterception, loadNetworks } from "../../targets/load.ts";

const CYRILLIC = /\p{Script=Cyrillic}/u;
const KAZAKH_ONLY = /[әғқңөұүһі]/iu;

describe("networks", () => {
  const networks = loadNetworks();

  test("mark hosting and VPN exits, so that they stay out of access statistics", () => {
    const hosting = networks.filter(({ group }) => group === "hosting").map(({ asn }) => asn);
    expect(hosting).toEqual(expect.arrayContaining([9123, 44477, 9009]));
    expect(hosting).not.toContain(9198);
  });

  test("have shares that do not add up to more than all traffic", () => {
    expect(networks.reduce((sum, { share }) => sum + (share ?? 0), 0)).toBeLessThanOrEqual(1);
  });
});

describe("interception", () => {
  const patterns = loadInterception().flatMap(({ issuerPattern }) =>
    issuerPattern === null ? [] : [new RegExp(issuerPattern, "iu")],
  );
  const matches = (issuer: string) => patterns.some((pattern) => pattern.test(issuer));

  test.each([
    "C=KZ, O=ISCA, CN=Information Security Certification Authority",
    "CN=Information Security Certification Authority, O=ISCA, C=KZ",
    "C=KZ\nO=ISCA\nCN=anything",
    "/C=KZ/CN=Qaznet Trust Network",
    "C = KZ, CN = Qaznet Trust Network",
  ])("recognises the issuer %j", (issuer) => {
    expect(matches(issuer)).toBe(true);
  });

  test.each([
    "C=US, O=Let's Encrypt, CN=R11",
    "C=US, O=ISCAN Inc, CN=x",
    "C=RU, O=Kaspersky Lab, CN=Kaspersky Anti-Virus Personal Root Certificate",
    "C=KZ, O=RSE SASS, CN=ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) 2022",
  ])("does not accuse the issuer %j", (issuer) => {
    expect(matches(issuer)).toBe(false);
  });

  test("knows each fingerprint once", () => {
    const prints = loadInterception().flatMap(({ sha256, sha1 }) => [sha256, sha1].filter((print) => print !== null));
    expect(new Set(prints).size).toBe(prints.length);
    expect(prints.length).toBeGreaterThanOrEqual(20);
  });
});

describe("block pages", () => {
  test("hold generic wordings in Kazakh and Russian, and call none seen that is not on record", () => {
    const pages = loadBlockPages();
    const generic = pages.filter(({ basis }) => basis === "generic").map(({ match }) => match.bodyContains ?? "");
    expect(generic.some((text) => KAZAKH_ONLY.test(text))).toBe(true);
    expect(generic.some((text) => CYRILLIC.test(text) && !KAZAKH_ONLY.test(text))).toBe(true);
    // No network's page is on record for Kazakhstan; one that is added must bring its record as source.
    for (const { id, basis, source } of pages) if (basis === "seen") expect(source, id).toMatch(/https:/);
  });

  test("do not match an article that reports on blocking", () => {
    const article =
      "Суд в Алматы вынес решение. По решению суда сайт должен удалить материал. Министерство информации и " +
      "Генеральная прокуратура Республики Казахстан заявили, что доступ к сайту не ограничивали.";
    for (const { id, match } of loadBlockPages())
      if (match.bodyContains !== null && match.status === null)
        expect(article.toLowerCase().includes(match.bodyContains.toLowerCase()), id).toBe(false);
  });
});
