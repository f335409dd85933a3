import type { Names } from "../collector/api/types.ts";

/** A region on the tile map: its place (column and row from 0, north on top) and a name short enough for a phone. */
export type Tile = { code: string; column: number; row: number; short: Names };

function tile(code: string, column: number, row: number, kk: string, ru: string, en: string): Tile {
  return { code, column, row, short: { kk, ru, en } };
}

/**
 * The 20 regions of Kazakhstan since 2022 (ISO 3166-2:KZ), in reading order: north to south, west to east. Equal tiles,
 * so that wide empty Ulytau does not outweigh the city of Almaty. Positions are our own drawing.
 */
export const TILES: readonly Tile[] = [
  tile("KZ-39", 2, 0, "Қост", "Кост", "Kost"),
  tile("KZ-59", 3, 0, "СҚО", "СКО", "NKaz"),
  tile("KZ-55", 5, 0, "Павл", "Павл", "Pavl"),
  tile("KZ-27", 0, 1, "БҚО", "ЗКО", "WKaz"),
  tile("KZ-15", 1, 1, "Ақтө", "Актю", "Akto"),
  tile("KZ-11", 3, 1, "Ақмо", "Акмо", "Akmo"),
  tile("KZ-71", 4, 1, "Аста", "Аста", "Asta"),
  tile("KZ-10", 5, 1, "Абай", "Абай", "Abai"),
  tile("KZ-63", 6, 1, "ШҚО", "ВКО", "EKaz"),
  tile("KZ-23", 0, 2, "Атыр", "Атыр", "Atyr"),
  tile("KZ-62", 2, 2, "Ұлыт", "Улыт", "Ulyt"),
  tile("KZ-35", 3, 2, "Қара", "Кара", "Kara"),
  tile("KZ-33", 5, 2, "Жеті", "Жеті", "Zhet"),
  tile("KZ-47", 0, 3, "Маңғ", "Манг", "Mang"),
  tile("KZ-43", 2, 3, "Қызы", "Кызы", "Kyzy"),
  tile("KZ-61", 3, 3, "Түрк", "Турк", "Turk"),
  tile("KZ-31", 4, 3, "Жамб", "Жамб", "Zham"),
  tile("KZ-19", 5, 3, "А.об", "А.об", "AlRg"),
  tile("KZ-79", 3, 4, "Шымк", "Шымк", "Shym"),
  tile("KZ-75", 5, 4, "Алма", "Алма", "Alma"),
];
