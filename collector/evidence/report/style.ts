/** Look of the HTML report: one column, print first, no font but those of the reader. */
export const STYLE = `:root{color-scheme:light}
body{font:16px/1.5 "DejaVu Sans Condensed","Noto Sans",system-ui,sans-serif;color:#17191c;background:#fff;margin:0}
main{max-width:50rem;margin:0 auto;padding:1.5rem 1.25rem 3rem}
header{border-bottom:3px solid #17191c;margin-bottom:1.25rem}
.kicker{margin:0;color:#4a4f57;font-size:.9rem}.brand{font-weight:700;color:#0b4a5a;margin-right:.75em;letter-spacing:.02em}
h1{font-size:1.9rem;line-height:1.2;margin:.3rem 0 .8rem}
h2{font-size:1.2rem;margin:2.2rem 0 .5rem;padding-top:.6rem;border-top:1px solid #c3c8ce}
p{margin:.5rem 0}.lead{font-size:1.15rem;line-height:1.45;border-left:4px solid #0b4a5a;padding-left:.9rem;margin:1rem 0 1.25rem}
.note{color:#4a4f57}.mono{font-family:"DejaVu Sans Mono",ui-monospace,monospace;font-size:.85rem;overflow-wrap:anywhere}
ul{padding-left:1.2rem;margin:.5rem 0}li{margin:.25rem 0}
table{border-collapse:collapse;width:100%;font-size:.93rem}
th,td{text-align:left;vertical-align:top;padding:.4rem .6rem .4rem 0;border-bottom:1px solid #d9dde1;overflow-wrap:break-word}
td p{margin:0 0 .25rem}td p+p{color:#4a4f57}
.long{overflow-wrap:anywhere}
thead th{border-bottom:2px solid #17191c;font-size:.85rem}
caption{text-align:left;font-weight:700;padding:.4rem 0}
.facts{table-layout:fixed}.facts td,.facts th{overflow-wrap:anywhere}
.facts .name{width:28%}.facts th{font-weight:400;color:#4a4f57}
.number{text-align:right;font-variant-numeric:tabular-nums}
.number+:not(.number){padding-left:.8rem}
.wide{overflow-x:auto;margin:.75rem 0}.wide:focus-visible{outline:3px solid #0b4a5a;outline-offset:2px}
.unseen{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
figure{margin:1rem 0}figure svg{width:100%;height:auto;display:block}
footer{margin-top:2.5rem;border-top:1px solid #c3c8ce;color:#4a4f57;font-size:.9rem}
@media(max-width:30rem){.facts .name{width:38%}.facts th{hyphens:auto}}
@media print{main{max-width:none;padding:0}section{break-inside:auto}h2,caption,h2+p.note,h2+p.note+p.plain{break-after:avoid}thead{break-after:avoid}tr,figure,li{break-inside:avoid}.wide{overflow:visible}p{orphans:3;widows:3}body{font-size:10pt}}
@page{size:A4;margin:18mm}`;
