import { type Control, classify, type LinkView } from "../../../collector/analysis/classify.ts";
import { knowledgeFrom } from "../../../collector/analysis/knowledge.ts";
import { measureWeb, type WebOptions } from "../../../probe/measure/web.ts";
import type { LocalSuspect } from "../../../protocol/records/local.ts";
import type { Verdict, VerdictCode } from "../../../protocol/verdict.ts";
import { loadBlockPages, loadInterception } from "../../../targets/load.ts";
import { calm, endpoint, webSettings } from "../../probe/measure/web-settings.ts";
import { startWorld, type World } from "../../world/index.ts";

/** Who measures next, for sites that change from one moment to the next. */
export type Turn = "control before" | "witness" | "control after";

/** How the site, the line and the host stand when the measurement is made. */
export type Scene = {
  url: string;
  /** What differs for the witness. */
  witness?: Partial<WebOptions>;
  /** One entry for each control probe; two plain ones by default. */
  controls?: readonly Partial<WebOptions>[];
  /** Called before each measurement; then they are made one after another, every control before and after the witness. */
  turn?: (turn: Turn, control: number) => void;
  link?: LinkView | null;
  local?: readonly LocalSuspect["kind"][];
  hostedIn?: string;
};

/** An innocent state of the world, and the verdicts that are honest about it. */
export type Condition = {
  says: string;
  honest: readonly VerdictCode[];
  prepare: (world: World) => Promise<Scene>;
};

/** A name that nobody blocks and nobody has trouble with. */
export const INNOCENT = "innocent.test";

/** Builds the condition on loopback, measures for the witness and the controls over real sockets, and judges. */
export async function judgeCondition(condition: Condition): Promise<Verdict> {
  const world = await startWorld();
  try {
    await world.addSite({ name: INNOCENT });
    const scene = await condition.prepare(world);
    const { witness, controls } = await measureAll(world, scene);
    const target = new URL(scene.url).hostname;
    const knowledge = knowledgeFrom({
      targets: [{ id: target, url: scene.url, hostedIn: scene.hostedIn ?? null }],
      interception: loadInterception(),
      blockPages: loadBlockPages(),
    });
    const local = (scene.local ?? []).map((kind): LocalSuspect => ({ kind, says: kind }));
    return classify({ body: witness, local, link: scene.link ?? null }, controls, knowledge);
  } finally {
    await world.close();
  }
}

async function measureAll(world: World, scene: Scene) {
  const options = (more: Partial<WebOptions>) =>
    webSettings(world, scene.url, { allowPrivate: ["127.0.0.0/8"], ...more });
  const abroad = { systemResolvers: [endpoint(world.publicDns)], followups: false };
  const places = scene.controls ?? [{}, {}];
  const control = async (index: number, measuredAt: number): Promise<Control> => ({
    body: await measureWeb(options({ ...abroad, ...places[index] }), calm()),
    place: ["DE", "NL", "FI"][index] ?? null,
    probe: `control ${index}`,
    measuredAt,
  });
  if (scene.turn === undefined) {
    const [witness, ...controls] = await Promise.all([
      measureWeb(options(scene.witness ?? {}), calm()),
      ...places.map((_, index) => control(index, 0)),
    ]);
    return { witness, controls };
  }
  const controls: Control[] = [];
  for (const index of places.keys()) {
    scene.turn("control before", index);
    controls.push(await control(index, -1));
  }
  scene.turn("witness", 0);
  const witness = await measureWeb(options(scene.witness ?? {}), calm());
  for (const index of places.keys()) {
    scene.turn("control after", index);
    controls.push(await control(index, 1));
  }
  return { witness, controls };
}
