import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { openCheckpoint, readCheckpoint, signCheckpoint } from "../../protocol/checkpoint.ts";
import { leafHash } from "../../protocol/merkle.ts";
import { noteVerifier, openNote, readNote, readVerifier, signNote, verifierText } from "../../protocol/note.ts";
import { generateIdentity } from "../../protocol/signature.ts";

/** The example of golang.org/x/mod/sumdb/note (note_test.go, example_test.go @fe2ec04), on which C2SP signed-note is built. */
const PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
const PETER_SECRET = "AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
const TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const NOTE = `${TEXT}\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n`;
const { privateKeyPem, publicKey } = generateIdentity();
const verifier = noteVerifier("log.example/kz", publicKey);

/** PKCS#8 of a raw Ed25519 seed (RFC 8410). */
function pemOf(secret: string): string {
  const seed = Buffer.from(secret, "base64").subarray(1);
  const der = Buffer.concat([Buffer.from("302e020100300506032b657004220420", "hex"), seed]);
  return `-----BEGIN PRIVATE KEY-----\n${der.toString("base64")}\n-----END PRIVATE KEY-----\n`;
}

describe("the published signed note", () => {
  const peter = readVerifier(PETER);
  test("is opened by its key, and made again by its secret byte for byte", () => {
    expect(peter).not.toBeNull();
    expect(peter && verifierText(peter)).toBe(PETER);
    expect(peter && openNote(NOTE, peter)).toBe(TEXT);
    expect(signNote(TEXT, "PeterNeumann", pemOf(PETER_SECRET))).toBe(NOTE);
  });
  test("is not opened when any one character of it differs", () => {
    for (let at = 0; at < NOTE.length; at++) {
      const changed = `${NOTE.slice(0, at)}${NOTE[at] === "x" ? "y" : "x"}${NOTE.slice(at + 1)}`;
      expect(peter && openNote(changed, peter), `character ${at}`).toBeNull();
    }
  });
});

describe("notes that others published", () => {
  test.each([
    // C2SP signed-note.md @5ba5ee8, "Example".
    [
      "the example of the specification",
      "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k",
      "This is an example message.\n\n— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n",
    ],
    // The head of Go's checksum database as in FiloSottile/torchwood @341dc2f, cmd/litewitness/testdata/sumdb.txt.
    [
      "a head of Go's checksum database",
      "sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8",
      "go.sum database tree\n35225469\nvt5T6GaLCXvyHFl9VUvvItR43XZxfLgftEcTyO3eJCQ=\n\n— sum.golang.org Az3grpukl5AXaVfYkLiDGORx/DN2nlcS5kZHR5uYOBV2KA2HgXpD+gu9HHONebHLAyaKbbTM75QTtPydhKCExixSfwQ=\n",
    ],
  ])("%s is opened by its key, and by it alone", (_, text, note) => {
    const key = readVerifier(text);
    expect(key && openNote(note, key)).toBe(note.slice(0, note.indexOf("\n\n") + 1));
    expect(openNote(note, verifier)).toBeNull();
    if (note.startsWith("go.sum"))
      expect(readCheckpoint(note)).toMatchObject({ origin: "go.sum database tree", size: 35_225_469 });
  });
  // note_test.go @fe2ec04: keys with a hash that is not theirs, an unknown algorithm, a key that is too long.
  test.each([
    "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
    "PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
    "PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==",
  ])("the key %s is none", (text) => expect(readVerifier(text)).toBeNull());
});

describe("a signed note", () => {
  test("with a second signature of an unknown key is opened all the same", () => {
    const note = signNote("a text\n", "log.example/kz", privateKeyPem);
    const other = signNote("a text\n", "witness", generateIdentity().privateKeyPem).split("\n\n")[1] ?? "";
    expect(openNote(note + other, verifier)).toBe("a text\n");
  });
  test("is not opened by another key of the same name, nor by the same key under another name", () => {
    const note = signNote("a text\n", "log.example/kz", privateKeyPem);
    expect(openNote(note, noteVerifier("log.example/kz", generateIdentity().publicKey))).toBeNull();
    expect(openNote(note, noteVerifier("log.example/ru", publicKey))).toBeNull();
  });
  test("is refused for a text that is none, and for a name with a space", () => {
    expect(() => signNote("no line feed", "name", privateKeyPem)).toThrow(/line feed/);
    expect(() => signNote("a\ttab\n", "name", privateKeyPem)).toThrow(/line feed/);
    expect(() => noteVerifier("a name", publicKey)).toThrow(/plus sign/);
  });
  test("any text is read without throwing", () => {
    const isNone = (text: string) => {
      readNote(text);
      readVerifier(text);
      expect(openNote(`${text}\n\n— a b\n`, verifier)).toBeNull();
    };
    fc.assert(fc.property(fc.string({ unit: "binary" }), isNone));
    fc.assert(fc.property(fc.string(), isNone));
  });
});

describe("a checkpoint", () => {
  const checkpoint = { origin: "log.example/kz", size: 42, root: leafHash("x"), more: ["made 2026-01-01"] };
  test("comes back as it was signed", () => {
    const note = signCheckpoint(checkpoint, privateKeyPem);
    const opened = openCheckpoint(note, verifier);
    expect({ ...opened, root: Buffer.from(opened?.root ?? []) }).toEqual({
      ...checkpoint,
      root: Buffer.from(checkpoint.root),
    });
  });
  test("of another origin is not taken, whoever signed it", () => {
    const text = `log.example/ru\n42\n${Buffer.from(checkpoint.root).toString("base64")}\n`;
    expect(openCheckpoint(signNote(text, "log.example/kz", privateKeyPem), verifier)).toBeNull();
  });
  test.each([
    ["a size with a leading zero", "o\n042\n"],
    ["a size that is no number", "o\n4x\n"],
    ["a size beyond all numbers", "o\n99999999999999999\n"],
    ["a root that is too short", "o\n4\nAAAA\n"],
    ["an empty origin", "\n4\n"],
  ])("with %s is none", (_, head) => {
    const text = head.split("\n").length > 3 ? head : `${head}${Buffer.alloc(32).toString("base64")}\n`;
    expect(readCheckpoint(signNote(text, "o", privateKeyPem))).toBeNull();
  });
});
