import type { Finding, Language } from "../../collector/verify/in-browser-words.ts";
import { element } from "./dom.ts";
import { type Fields, formOf, makeFields } from "./form.ts";
import { PAGE_WORDS } from "./in-language.ts";
import type { Answer, Question } from "./messages.ts";
import { resultOf } from "./result.ts";
import workerSource from "./worker-source.ts";

const BYTES_MAX = 1024 * 1024 * 1024;
const LANGUAGES = ["kk", "ru", "en"] as const satisfies readonly Language[];

type Shown =
  | { readonly kind: "waiting" }
  | { readonly kind: "working" }
  | { readonly kind: "told"; readonly text: string }
  | { readonly kind: "answer"; readonly answer: Exclude<Answer, { kind: "step" }> };

const page = document.getElementById("page");
if (page !== null) start(page, makeFields());

/** The page in the language of its address (`#ru`) or of the browser; a press of a button changes it, and nothing typed is lost. */
function start(root: HTMLElement, fields: Fields): void {
  let language = firstLanguage();
  let shown: Shown = { kind: "waiting" };
  let worker: Worker | null = null;

  function show(next: Shown): void {
    shown = next;
    draw();
  }

  function draw(): void {
    const words = PAGE_WORDS[language];
    document.documentElement.lang = language;
    document.title = `Kuager: ${words.title}`;
    const focused = document.activeElement?.id ?? "";
    const status = element(
      "div",
      { role: "status", "aria-live": "polite", id: "status" },
      ...statusOf(shown, language),
    );
    root.replaceChildren(
      element("header", {}, element("span", { class: "brand" }, "Kuager"), languageButtons()),
      element("h1", {}, words.title),
      element("p", {}, words.dek),
      formOf(fields, words, () => void check()),
      element("section", { "aria-label": words.result }, status),
      element("footer", {}, element("p", {}, words.trust)),
    );
    if (focused !== "") document.getElementById(focused)?.focus();
  }

  function languageButtons(): HTMLElement {
    const buttons = LANGUAGES.map((one) => {
      const name = { kk: "Қазақша", ru: "Русский", en: "English" }[one];
      const button = element(
        "button",
        { type: "button", lang: one, id: `to-${one}`, "aria-pressed": String(one === language) },
        name,
      );
      button.addEventListener("click", () => {
        language = one;
        draw();
      });
      return button;
    });
    return element("nav", { class: "languages", "aria-label": PAGE_WORDS[language].languages }, ...buttons);
  }

  async function check(): Promise<void> {
    const words = PAGE_WORDS[language];
    const file = fields.file.files?.[0];
    if (file === undefined) return show({ kind: "told", text: words.noFile });
    if (file.size > BYTES_MAX) return show({ kind: "told", text: words.tooLarge });
    show({ kind: "working" });
    worker?.terminate();
    const zip = await file.arrayBuffer().catch(() => null);
    if (zip === null) return show({ kind: "told", text: words.unread });
    if (isGzip(zip)) return show({ kind: "told", text: words.noBundle });
    worker = startWorker((answer) => {
      if (answer.kind !== "step") show({ kind: "answer", answer });
    });
    const { key, kept, growth, policy, replay } = fields;
    const question: Question = {
      zip,
      key: key.value,
      kept: kept.value,
      growth: growth.value,
      policy: policy.value,
      replay: replay.checked,
    };
    worker.postMessage(question, [zip]);
  }

  draw();
}

/** The checks run aside, so that the page stays alive; the worker is part of this very file. */
function startWorker(told: (answer: Answer) => void): Worker {
  const url = URL.createObjectURL(new Blob([workerSource], { type: "text/javascript" }));
  const worker = new Worker(url);
  URL.revokeObjectURL(url);
  worker.onmessage = ({ data }: MessageEvent<Answer>) => told(data);
  worker.onerror = ({ message }) => told({ kind: "fault", why: message });
  return worker;
}

function statusOf(shown: Shown, language: Language): Node[] {
  const words = PAGE_WORDS[language];
  if (shown.kind === "waiting") return [element("p", { class: "hint" }, words.waiting)];
  if (shown.kind === "working") return [element("p", { class: "sum" }, words.working)];
  if (shown.kind === "told") return [element("p", { class: "sum" }, shown.text)];
  const { answer } = shown;
  if (answer.kind === "findings")
    return [element("h2", {}, words.result), resultOf(answer.findings as Finding[], answer.name, language)];
  const text = answer.kind === "wrong" ? `${words.wrong[answer.input]} ${answer.why}` : `${words.fault} ${answer.why}`;
  return [element("p", { class: "sum fails" }, text.trim())];
}

function firstLanguage(): Language {
  const wished = [location.hash.slice(1), ...navigator.languages].map((tag) => tag.slice(0, 2));
  for (const wish of wished) for (const language of LANGUAGES) if (wish === language) return language;
  return "en";
}

/** Whether a file begins as gzip does (RFC 1952, 2.3.1), as archives are packed: no bundle, and nothing to accuse. */
function isGzip(bytes: ArrayBuffer): boolean {
  const [first, second] = new Uint8Array(bytes.slice(0, 2));
  return first === 0x1f && second === 0x8b;
}
