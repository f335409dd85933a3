#!/usr/bin/env node
import { runProbeCommand } from "../probe/cli.ts";
import { main } from "./main.ts";

// The volunteer's program alone: what the probe image and the single-file bundle run.
void main((argv, io) => runProbeCommand(argv[0] === "probe" ? argv.slice(1) : argv, io));
