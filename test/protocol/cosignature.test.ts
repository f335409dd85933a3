import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { addCheckpointText, readAddCheckpoint } from "../../protocol/add-checkpoint.ts";
import { signCheckpoint } from "../../protocol/checkpoint.ts";
import { cosign, cosignedBy, cosignerNames, readWitnessKey, witnessVerifier } from "../../protocol/cosignature.ts";
import { leafHash } from "../../protocol/merkle.ts";
import { openNote, readNote, readVerifier, verifierText } from "../../protocol/note.ts";
import { generateIdentity } from "../../protocol/signature.ts";
import { isTlogProof, readTlogProof, tlogProofText } from "../../protocol/tlog-proof.ts";
import { readPolicy } from "../../protocol/witness-policy.ts";

/** The checkpoint of C2SP tlog-cosignature.md and tlog-witness.md @5ba5ee8; its keys are not published. */
const BEHIND_THE_SOFA = `example.com/behind-the-sofa
20852163
CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=

— example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=
— witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==
`;
const log = generateIdentity();
const witness = generateIdentity();
const NAME = "witness.example/w1";
const key = witnessVerifier(NAME, witness.privateKeyPem);
const head = signCheckpoint({ origin: "log.example/kz", size: 42, root: leafHash("x"), more: [] }, log.privateKeyPem);
const text = readNote(head)?.text ?? "";
const cosigned = head + cosign(text, NAME, witness.privateKeyPem, 1_679_315_147);

describe("a cosignature", () => {
  test("is read from the example of its specification, with the time that stands there", () => {
    const line = readNote(BEHIND_THE_SOFA)?.signatures[1];
    expect(line?.name).toBe("witness.example.com/w1");
    expect(Buffer.from(line?.signature.subarray(0, 8) ?? []).readBigUInt64BE()).toBe(1_679_315_147n);
    expect(cosignerNames(BEHIND_THE_SOFA)).toEqual(["witness.example.com/w1"]);
  });

  test("signs head and time under a key of its own type, which is no key for notes", () => {
    expect(cosignedBy(cosigned, key)).toEqual({ state: "holds", timeS: 1_679_315_147 });
    expect(readVerifier(verifierText(key))).toBeNull();
    expect(readWitnessKey(verifierText(key))).toEqual(key);
    const logKey = readVerifier(verifierText({ ...key, type: "note" }));
    expect(logKey).toBeNull();
  });

  test("leaves the log's own signature as it was", () => {
    expect(cosigned.startsWith(head)).toBe(true);
    expect(openNote(cosigned, key)).toBeNull();
  });

  test("does not hold for another head, another time or another key, and is none where there is no line", () => {
    const other = signCheckpoint(
      { origin: "log.example/kz", size: 43, root: leafHash("x"), more: [] },
      log.privateKeyPem,
    );
    const lines = cosigned.slice(head.length);
    expect(cosignedBy(other + lines, key)).toEqual({ state: "wrong" });
    expect(cosignedBy(head, key)).toEqual({ state: "none" });
    expect(cosignedBy("nothing", key)).toEqual({ state: "none" });
    expect(cosignedBy(cosigned, witnessVerifier(NAME, generateIdentity().privateKeyPem))).toEqual({ state: "none" });
    expect(cosignedBy(cosigned, witnessVerifier("witness.example/w2", witness.privateKeyPem)).state).toBe("none");
    const moved = lines.replace(/ (\S+)\n/, (_, data: string) => {
      const bytes = Buffer.from(data, "base64");
      bytes[11] = (bytes[11] ?? 0) ^ 1;
      return ` ${bytes.toString("base64")}\n`;
    });
    expect(cosignedBy(head + moved, key)).toEqual({ state: "wrong" });
  });
});

describe("a request to a witness", () => {
  test("is read from the example of its specification, and written again byte for byte", () => {
    const path = [
      "PlRNCrwHpqhGrupue0L7gxbjbMiKA9temvuZZDDpkaw=",
      "jrJZDmY8Y7SyJE0MWLpLozkIVMSMZcD5kvuKxPC3swk=",
      "5+pKlUdi2LeF/BcMHBn+Ku6yhPGNCswZZD1X/6QgPd8=",
      "/6WVhPs2CwSsb5rYBH5cjHV/wSmA79abXAwhXw3Kj/0=",
    ];
    const [text = "", lines = ""] = BEHIND_THE_SOFA.split("\n\n");
    const note = `${text}\n\n${lines.split("\n")[0]}\n— example.com/behind-the-sofa opLqBQsREYCgu6xQkYQwJr9fo45a62DN9EdmHXnZdXNqlcVGlCum2Wks+49/V6267UEjw6QUXTS5Rovnzv++qbSzm9Q=\n`;
    const request = `old 20852014\n${path.join("\n")}\n\n${note}`;
    const read = readAddCheckpoint(request);
    expect(read?.old).toBe(20_852_014);
    expect(read?.path.map((hash) => Buffer.from(hash).toString("base64"))).toEqual(path);
    expect(read?.checkpoint).toBe(note);
    expect(read && addCheckpointText(read)).toBe(request);
  });
  test("comes back as it was written", () => {
    const hashes = fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 }), { maxLength: 63 });
    fc.assert(
      fc.property(fc.nat(), hashes, (old, path) => {
        const read = readAddCheckpoint(addCheckpointText({ old, path, checkpoint: cosigned }));
        expect(read?.old).toBe(old);
        expect(read?.checkpoint).toBe(cosigned);
        expect(read?.path.map((hash) => Buffer.from(hash))).toEqual(path.map((hash) => Buffer.from(hash)));
      }),
    );
  });
  test.each([
    ["without a size", `\n${head}`],
    ["with a leading zero", `old 01\n\n${head}`],
    ["with a size beyond numbers", `old 9999999999999999\n\n${head}`],
    ["with a hash that is too short", `old 1\nAAAA\n\n${head}`],
    ["with a hash of other base 64", `old 1\n${"A".repeat(42)}B=\n\n${head}`],
    ["with too many hashes", `old 1\n${`${Buffer.alloc(32).toString("base64")}\n`.repeat(64)}\n${head}`],
    ["without an empty line", "old 1\n"],
  ])("%s is none", (_, body) => expect(readAddCheckpoint(body)).toBeNull());
});

describe("a proof for one entry", () => {
  test("comes back as it was written, and with data of others before it", () => {
    const path = [leafHash("a"), leafHash("b")];
    const proof = tlogProofText({ index: 7, path, checkpoint: cosigned });
    expect(isTlogProof(proof)).toBe(true);
    expect(readTlogProof(proof)).toEqual({
      index: 7,
      path: path.map((hash) => Uint8Array.from(hash)),
      checkpoint: cosigned,
    });
    expect(readTlogProof(proof.replace("\nindex", "\nextra AAAA\nindex"))?.index).toBe(7);
    expect(readTlogProof(proof.replace("index 7", "index 07"))).toBeNull();
    expect(readTlogProof(proof.replace("@v1", "@v2"))).toBeNull();
  });
  test("any text is read without throwing", () => {
    fc.assert(fc.property(fc.string(), (any) => void readTlogProof(`c2sp.org/tlog-proof@v1\nindex 1\n${any}`)));
  });
});

describe("a policy of witnesses", () => {
  const keys = Array.from({ length: 4 }, (_, at) =>
    verifierText(witnessVerifier(`w.example/${at}`, generateIdentity().privateKeyPem)),
  );
  const witnesses = keys.map((one, at) => `witness W${at} ${one}${at === 0 ? " https://w.example/" : ""}`).join("\n");

  test("says when enough of them have cosigned, group by group", () => {
    const policy = readPolicy(
      `# ours\n${witnesses}\ngroup A 2 W0 W1 W2\ngroup B any W3\ngroup both all A B\n\tquorum both \n`,
    );
    expect(policy.isMet(new Set(["W0", "W2", "W3"]))).toBe(true);
    expect(policy.isMet(new Set(["W0", "W3"]))).toBe(false);
    expect(policy.isMet(new Set(["W0", "W1", "W2"]))).toBe(false);
    expect(policy.witnesses.map(({ url }) => url)).toEqual(["https://w.example/", null, null, null]);
  });
  test("may ask for none, and must say so", () => {
    expect(readPolicy("quorum none\n").isMet(new Set())).toBe(true);
    expect(() => readPolicy(witnesses)).toThrow(/exactly one/);
  });
  test.each([
    ["a word that is none", "wittness x", "is not a word"],
    ["a key that is none", "witness W0 key", "expected: witness"],
    ["one key twice", `witness A ${keys[0]}\nwitness B ${keys[0]}`, "this key stands twice"],
    ["one name twice", `witness A ${keys[0]}\nwitness A ${keys[1]}`, "stands twice"],
    ["a group of nobody", "group A all", "expected: group"],
    ["a group of more than there are", `${witnesses}\ngroup A 3 W0 W1`, "expected: group"],
    ["a member of two groups", `${witnesses}\ngroup A any W0\ngroup B any W0`, "two groups"],
    ["a member none", `${witnesses}\ngroup A any none`, "earlier line"],
    ["a quorum that is not known", "quorum W0", "neither a witness nor a group"],
    ["a log without a key", "log x", "expected: log"],
  ])("with %s is refused by line", (_, policy, why) => {
    expect(() => readPolicy(`${policy}\nquorum none\n`)).toThrow(new RegExp(`line \\d+: .*${why}`));
  });
});
