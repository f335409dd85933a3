import type { Pages } from "../../collector/api/types.ts";
import { placePicture, targetPicture } from "./day-pictures.ts";
import { incidentPicture } from "./incident-picture.ts";
import { mapPicture } from "./map-picture.ts";
import { matrixPicture } from "./matrix-picture.ts";
import { timelinePicture } from "./timeline-picture.ts";

/** Every chart as an SVG document that stands for itself. */
export const pictures: Pages["pictures"] = {
  timeline: timelinePicture,
  place: placePicture,
  target: targetPicture,
  matrix: matrixPicture,
  incident: incidentPicture,
  map: mapPicture,
};
