import type { DraftWords } from "./words.ts";

/** English letters and submissions. */
export const EN_LETTERS: DraftWords["drafts"] = {
  un: {
    title: "Submission to the UN Special Rapporteur on freedom of opinion and expression",
    before: [
      {
        title: "How to use this draft",
        text: [
          "Submissions are taken in English, French or Spanish. Anonymous ones are not considered; the identity of the source is kept confidential on request.",
        ],
      },
      {
        title: "1. Who submits, and for whom",
        text: ["[Name of the person or organisation, contact]", "[Persons or media concerned, and their consent]"],
      },
      {
        title: "2. What happened: date, place, circumstances",
        text: [
          "{what}. It began {began} and ended: {ended}. Regions: {regions}. Networks: {networks}.",
          "[What it meant for the people concerned]",
        ],
      },
      { title: "3. Medium affected", text: ["{medium}"] },
    ],
    after: [
      {
        title: "4. Alleged perpetrators, and why they are thought to be",
        text: [
          "[For the lawyer. The record names nobody; public statements stand above with their sources.]",
          "Authority named in documents: {authority}.",
        ],
      },
      {
        title: "5. Legal statute invoked",
        text: [
          "Legal basis: {basis}. Statute named: {statute}.",
          "[Whether the restriction meets article 19 (3) of the International Covenant on Civil and Political Rights: law, legitimate aim, necessity and proportionality]",
        ],
      },
      {
        title: "6. Steps taken to seek a domestic remedy",
        text: [
          "On record: {remedy}.",
          "[Requests, complaints and claims made, with dates and answers; or why none was possible]",
        ],
      },
      {
        title: "7. Evidence",
        text: [
          "Record {number} at {address}. Its evidence bundle holds the signed measurements and can be checked offline with 'kuager verify'.",
        ],
      },
    ],
  },
  request: {
    title: "Request for information (eotinish.kz)",
    before: [
      {
        title: "To",
        text: ["[State body: the ministry in charge of information, its Information Committee, or the operator]"],
      },
      { title: "From", text: ["[Name, address, contact]"] },
      { title: "Request", text: ["By open measurements, {what}: {subject}. It began {began} and ended: {ended}."] },
    ],
    after: [
      {
        title: "I ask to be told",
        text: [
          "1. whether a decision or order to restrict access was made for this time, by which body, with what date and number, and on what article of law;",
          "2. for what time and territory it was made, and to which operators it was sent;",
          "3. how and where it can be appealed;",
          "4. if none was made, what is known of the causes of the disturbance.",
          "I ask for a copy of the document. If it cannot be given, I ask for the ground of the refusal.",
        ],
      },
      { title: "Date, signature", text: ["[Date, signature]"] },
    ],
  },
  prosecutor: {
    title: "Complaint to the prosecutor",
    before: [
      { title: "To", text: ["[Prosecutor's office of the region]"] },
      { title: "From", text: ["[Name, address, contact]"] },
      {
        title: "Circumstances",
        text: [
          "By open measurements, {what}: {subject}. It began {began} and ended: {ended}.",
          "[How it concerned the applicant]",
          "Legal basis as far as is known: {basis}.",
        ],
      },
    ],
    after: [
      {
        title: "Law",
        text: [
          "Article 20 of the Constitution (freedom of speech, prohibition of censorship), article 39 (limits only by law and only as far as necessary); article 19 of the International Covenant on Civil and Political Rights.",
          "[Check the law “On Communications”, article 41-1, and the law on mass media as they stand today]",
        ],
      },
      {
        title: "I ask",
        text: [
          "1. to check whether access was restricted, by whom, and whether the law was kept;",
          "2. to give me the documents of the restriction, or the ground for refusing them;",
          "3. to tell me of the outcome and of the way to appeal it.",
        ],
      },
      { title: "Enclosed", text: ["Record {number} with its evidence bundle.", "[Date, signature]"] },
    ],
  },
  court: {
    title: "Claim to the court",
    before: [
      {
        title: "Court and parties",
        text: ["[Court] [Claimant, address] [Defendant: the body or operator that the documents name]"],
      },
      {
        title: "For the lawyer",
        text: [
          "Earlier claims over the cuts of January 2022 were refused by the Turksib district court of Almaty on 25 July 2024 (Access Now litigation tracker; factcheck.kz). Look at their reasoning first.",
          "Check the time limits and whether a complaint out of court must come before.",
        ],
      },
      {
        title: "Circumstances",
        text: [
          "By open measurements, {what}: {subject}. It began {began} and ended: {ended}. Networks: {networks}. Regions: {regions}.",
          "[What right of the claimant was concerned, and how]",
          "Legal basis as far as is known: {basis}. Document: {document}.",
        ],
      },
    ],
    after: [
      {
        title: "Law",
        text: [
          "Articles 20 and 39 of the Constitution; article 19 of the International Covenant on Civil and Political Rights, whose limits must be set by law, serve a legitimate aim and be necessary and proportionate.",
          "[Check the law “On Communications”, article 41-1, as it stands today]",
        ],
      },
      {
        title: "The claimant asks the court",
        text: [
          "1. to order that the documents of the restriction be produced, if there are any;",
          "2. to examine whether the restriction was lawful, once it is established who made it;",
          "3. [further demands].",
        ],
      },
      {
        title: "Enclosed",
        text: [
          "1. Record {number} ({address}) with its evidence bundle and how to check it.",
          "2. [Request and answers]",
          "[Date, signature]",
        ],
      },
    ],
  },
};
