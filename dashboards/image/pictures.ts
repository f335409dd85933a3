import type { Language, Pages, Picture } from "../../collector/api/types.ts";
import { placePicture, targetPicture } from "./day-pictures.ts";
import { mapPicture } from "./map-picture.ts";
import { matrixPicture } from "./matrix-picture.ts";
import { pngOf } from "./png.ts";
import { timelinePicture } from "./timeline-picture.ts";

/** Every chart as PNG. */
export const pictures: Pages["pictures"] = {
  timeline: drawn(timelinePicture),
  place: drawn(placePicture),
  target: drawn(targetPicture),
  matrix: drawn(matrixPicture),
  map: drawn(mapPicture),
};

function drawn<View>(svgOf: (view: View, language: Language, address: string) => string): Picture<View> {
  return (view, language, address) => pngOf(svgOf(view, language, address));
}
