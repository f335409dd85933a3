import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { PARAMETERS } from "../query.ts";
import { addOperation } from "../spec/operation.ts";
import type { Names } from "../types.ts";
import { MATRIX_VALUES } from "../views/view-types.ts";

const { from, to, as_of, region, asn, lang } = PARAMETERS;
const Lang = z.object({ lang });
const events = z.enum(["0", "1"]).optional().describe("0: without events");
const at = as_of.describe("the moment; now where it is left out");
const value = z.enum(MATRIX_VALUES).optional().describe("what the cells tell");

type Chart = {
  readonly id: string;
  readonly path: string;
  readonly query: z.ZodObject;
  readonly part?: string;
  readonly about: Names;
};

const CHARTS: readonly Chart[] = [
  {
    ...{ id: "chart_timeline", path: "/chart/timeline.{ending}" },
    query: z.object({ from, to, as_of, region, asn, events, lang }),
    about: {
      en: "The timeline as a picture with its title, filters, period, source, address and QR code.",
      ru: "Шкала времени картинкой: с названием, фильтрами, периодом, источником, адресом и QR-кодом.",
      kk: "Уақыт шкаласы сурет түрінде: атауы, сүзгілері, кезеңі, дереккөзі, мекенжайы және QR-коды бар.",
    },
  },
  {
    ...{ id: "chart_matrix", path: "/chart/matrix.{ending}", query: z.object({ at, value, lang }) },
    about: {
      en: "Regions and networks at one moment, as such a picture.",
      ru: "Области и сети в один момент такой же картинкой.",
      kk: "Бір сәттегі өңірлер мен желілер осындай сурет түрінде.",
    },
  },
  {
    ...{ id: "chart_map", path: "/chart/map.{ending}", query: Lang },
    about: {
      en: "The country now, as such a picture.",
      ru: "Страна сейчас такой же картинкой.",
      kk: "Елдің қазіргі жағдайы осындай сурет түрінде.",
    },
  },
  {
    ...{ id: "chart_region", path: "/chart/regions/{file}", part: "code of a region and .png or .svg", query: Lang },
    about: {
      en: "Ninety days of one region, as such a picture.",
      ru: "Девяносто дней одной области такой же картинкой.",
      kk: "Бір өңірдің тоқсан күні осындай сурет түрінде.",
    },
  },
  {
    ...{
      id: "chart_network",
      path: "/chart/networks/{file}",
      part: "number of a network and .png or .svg",
      query: Lang,
    },
    about: {
      en: "Ninety days of one network, as such a picture.",
      ru: "Девяносто дней одной сети такой же картинкой.",
      kk: "Бір желінің тоқсан күні осындай сурет түрінде.",
    },
  },
  {
    ...{ id: "chart_target", path: "/chart/targets/{file}", part: "id of a target and .png or .svg", query: Lang },
    about: {
      en: "The history of one target by network, as such a picture.",
      ru: "История одного ресурса по сетям такой же картинкой.",
      kk: "Бір ресурстың желілер бойынша тарихы осындай сурет түрінде.",
    },
  },
  {
    ...{ id: "chart_incident", path: "/chart/i/{file}", part: "number of an incident and .png or .svg" },
    query: z.object({ as_of, lang }),
    about: {
      en: "What was measured around an incident, as such a picture; of one version: /chart/i/{number}/v{version}.png.",
      ru: "Что измерено вокруг инцидента, такой же картинкой; одной версии: /chart/i/{номер}/v{версия}.png.",
      kk: "Инцидент кезінде өлшенгендер осындай сурет түрінде; бір нұсқасы: /chart/i/{нөмір}/v{нұсқа}.png.",
    },
  },
];

/** Describes the pictures. */
export function describeCharts(app: FastifyInstance): void {
  for (const { id, path, query, about, part } of CHARTS)
    addOperation(app, {
      ...{ id, path, tag: "data", query, about, example: null },
      parts: part === undefined ? { ending: "png or svg" } : { file: part },
      answers: [
        { type: "image/png", schema: null },
        { type: "image/svg+xml", schema: null },
      ],
    });
}
