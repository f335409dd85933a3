/** The style of pictures: light, safe for colour-blind eyes, and readable when printed in grey. */
export const IMAGE_STYLE = `
text{font-family:"DejaVu Sans",Verdana,sans-serif;fill:#1b1f23;font-size:15px}
.paper{fill:#fff}
.title{font-family:"DejaVu Serif",Georgia,serif;font-weight:700;font-size:30px}
.soft{fill:#565d65}
.rule{stroke:#dcd8cf;stroke-width:1px}
.label{font-size:15px}
.head{font-size:14px;fill:#565d65}
.coverage text,.axis text{font-size:13px;fill:#565d65}
.axis .date{font-weight:700;fill:#1b1f23}
.grid .hour{stroke:#dcd8cf}
.grid .midnight{stroke:#8a9098}
.under{fill:#d3e2da}
.between{fill:#4d7a68;fill-opacity:.55}
.most,.expected{fill:none;stroke:#4d7a68;stroke-width:12px}
.expected{stroke:#565d65;stroke-dasharray:20 40}
.level{stroke:#dcd8cf}
.hatch-ground{fill:#f1eee7}
.hatch-line{fill:#565d65;fill-opacity:.55}
.few-ground{fill:#efece4}
.few-dot{fill:#b9b3a4}
.track{stroke:#dcd8cf}
.bar{stroke-width:2px}
.k-block{fill:#54469c;stroke:#54469c;stop-color:#54469c}
.k-interception{fill:#7b2f7a;stroke:#7b2f7a;stop-color:#7b2f7a}
.k-throttle{fill:#2d6a86;stroke:#2d6a86;stop-color:#2d6a86}
.k-shutdown{fill:#a3192f;stroke:#a3192f;stop-color:#a3192f}
.k-outage{fill:#8a6100;stroke:#8a6100;stop-color:#8a6100}
.flag{stroke-width:0}
.flag-letter{fill:#fff;font-size:14px;font-weight:700}
.event-band{fill:#f0dfae}
.event-shade{fill:#f6efdb}
.event-mark{fill:#fff;stroke:#8a6100;stroke-width:2px}
.event-number{font-size:13px;font-weight:700}
.reported-bar{fill:#f4f1e9;stroke:#6b6558;stroke-width:1.5px;stroke-dasharray:5 4}
.day-ok{fill:#d3e2da}
.day-bad{fill:#54469c}
.day-single{fill:#a9a0d3}
.day-cut{stroke:#fff;stroke-width:.06px}
.land{fill:#f4f1e9;stroke:#8a9098;stroke-width:1.5px}
.dot{stroke:#1b1f23;stroke-width:1.5px;fill:#e4ece7}
.dot-cut{fill:#a3192f}
.dot-limited{fill:#f8e0d8;stroke:#c4553a;stroke-width:4px}
.dot-outage{fill:#f7e9c6;stroke:#8a6100;stroke-width:4px}
.dot-blocked{fill:#54469c}
.dot-few{fill:#efece4}
.dot-none{fill:#fff;stroke:#8a9098}
.dot-glyph{font-size:17px;font-weight:700}
.glyph-cut,.glyph-blocked{fill:#fff}
.dot-name{font-size:18px}
.cell{stroke:#fff;stroke-width:2px;fill:#fff}
.cell-is-cut{fill:#a3192f}
.cell-is-limited{fill:#f8e0d8;stroke:#c4553a}
.cell-is-blocked{fill:#e5e1f5;stroke:#54469c}
.cell-is-quiet{fill:#e4ece7}
.cell-is-few{fill:url(#few)}
.cell-is-none{fill:url(#hatch)}
.cell-text{font-size:14px}
.on-is-cut{fill:#fff}
.brand{font-family:"DejaVu Serif",Georgia,serif;font-weight:700}
.kicker{font-weight:700}
.px-19{font-size:19px}
.px-23{font-size:23px}
.px-24{font-size:24px}
.px-30{font-size:30px}
.px-34{font-size:34px}
.px-37{font-size:37px}
.px-44{font-size:44px}
.px-52{font-size:52px}
.edge-quiet{fill:#4d7a68}
.edge-loss{fill:#a3192f}
.edge-block{fill:#54469c}
.edge-few{fill:#8a9098}
.tile{fill:#e4ece7}
.tile-cut{fill:#a3192f}
.tile-limited{fill:#f8e0d8;stroke:#c4553a;stroke-width:3px}
.tile-outage{fill:#f7e9c6;stroke:#8a6100;stroke-width:3px}
.tile-blocked{fill:#e5e1f5;stroke:#54469c;stroke-width:3px}
.tile-few{fill:#efece4}
.tile-none{fill:#fff;stroke:#8a9098;stroke-width:1.5px;stroke-dasharray:5 4}
`;
