import type { AdminPages } from "../../collector/admin/types.ts";
import { alertsPage } from "./alerts-page.ts";
import { eventFormPage, eventsPage, previewPage } from "./events-page.ts";
import { homePage } from "./home-page.ts";
import { incidentPage, incidentsPage } from "./incidents-page.ts";
import { legalPage, statementFormPage, statementsPage } from "./law-pages.ts";
import { cardPage, probesPage } from "./probes-page.ts";
import { reportFormPage, reportsPage } from "./reports-page.ts";
import { signInPage } from "./sign-in-page.ts";
import {
  accountPage,
  accountsPage,
  auditPage,
  confirmPage,
  outsidePage,
  refusedPage,
  settingsPage,
} from "./small-pages.ts";

/** Every page of the administration. */
export const adminPages: AdminPages = {
  signIn: signInPage,
  home: homePage,
  probes: probesPage,
  card: cardPage,
  events: eventsPage,
  eventForm: eventFormPage,
  preview: previewPage,
  reports: reportsPage,
  reportForm: reportFormPage,
  statements: statementsPage,
  statementForm: statementFormPage,
  legal: legalPage,
  incidents: incidentsPage,
  incident: incidentPage,
  alerts: alertsPage,
  outside: outsidePage,
  settings: settingsPage,
  account: accountPage,
  accounts: accountsPage,
  audit: auditPage,
  confirm: confirmPage,
  refused: refusedPage,
};
