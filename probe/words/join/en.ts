import type { JoinWords } from "./vocabulary.ts";

export const en: JoinWords = {
  again: "That was not understood. Please answer once more, or press Enter for the usual answer.",
  yesOrNo: "Please answer yes or no.",
  media: "Check independent media and rights groups as well (kind 2 in the list above)? [YES/no] ",
  risky: "Check tools for getting around blocks as well (kind 3)? Being seen at them can be a risk. [yes/NO] ",
  without:
    "Is there anything you do not want checked?\n{list}\nNumbers, with spaces between them, or Enter to check all: ",
  metered: "Do you pay for the data you use, as with mobile internet? [yes/NO] ",
  day: "At most how many megabytes a day? (Enter: {usual}) ",
  month: "At most how many megabytes a month? (Enter: no limit of its own) ",
  quiet: "Hours in which nothing should be checked, such as 23:00-07:00? (Enter: none) ",
  added:
    "The collector's list has sites that the text above did not show: {sites}. To leave one out: kuager probe sites --without SITE",
  dryRun:
    "This is a trial. A few sites are checked once. Below stands exactly what would be sent; nothing is sent or kept.",
  dryRunEnd: "The trial is over. Nothing was sent, nothing was kept.",
  agreedAt:
    "You agreed to this text {at} (version {version}). This is kept on this computer; only the version was sent.",
  agreedNot: "Nobody has agreed to it here, and nothing is checked.",
  agreedOther: "The text has changed since: what the earlier one did not tell of is not done.",
};
