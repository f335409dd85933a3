// The part of the one-file program that measures: as a process of its own, or once for `kuager probe measure`.
if (process.argv[2] === "measurer") void import("../probe/measurer/main.ts");
else void import("./kuager-probe.ts");
