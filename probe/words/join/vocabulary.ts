/** What `join` asks after consent, and says; `{…}` stands for a value. */
export type JoinWords = {
  again: string;
  yesOrNo: string;
  media: string;
  risky: string;
  without: string;
  metered: string;
  day: string;
  month: string;
  quiet: string;
  added: string;
  dryRun: string;
  dryRunEnd: string;
  agreedAt: string;
  agreedNot: string;
  agreedOther: string;
};
