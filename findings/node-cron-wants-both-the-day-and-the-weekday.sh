#!/usr/bin/env bash
# Expected: "0 9 13 * 5" means the same in every cron library. The man page of
# cron says what: when both the day of the month and the day of the week are
# given, a day that matches one of them is enough.
#
# cron-parser 5.10.6 and croner 11.0.1 follow it (every Friday, and every 13th).
# node-cron 4.6.0 wants both at once, so that it runs on Friday the 13th only. In
# 2027 that is one day instead of more than sixty.
#
# Seen (three next runs after 2027-01-01 12:00 UTC): 01-08, 01-13, 01-15 for two
# of them; 2027-08-13, 2028-10-13, 2029-04-13 for node-cron.
#
# Why it matters: "remind me of what waits, on Fridays and on the 13th", moved
# from a crontab to node-cron, is silent for months, and no error tells it.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts node-cron@4.6.0 cron-parser@5.10.6 croner@11.0.1

cat >check.mjs <<'CHECK'
import { mock } from "node:test";
import { CronExpressionParser } from "cron-parser";
import { Cron } from "croner";
import nodeCron from "node-cron";

const rule = "0 9 13 * 5";
const now = new Date("2027-01-01T12:00:00Z");
mock.timers.enable({ apis: ["Date"], now });
const days = (dates) => dates.map((date) => date.toISOString().slice(0, 10)).join(" ");

const parser = CronExpressionParser.parse(rule, { currentDate: now, tz: "UTC" });
const seen = {
  "cron-parser": days(parser.take(3).map((date) => date.toDate())),
  croner: days(new Cron(rule, { timezone: "UTC", paused: true }).nextRuns(3, now)),
  "node-cron": days(nodeCron.createTask(rule, () => {}, { timezone: "UTC" }).getNextRuns(3)),
};
mock.timers.reset();

console.log("expected: 2027-01-08 2027-01-13 2027-01-15 from all three");
for (const [name, value] of Object.entries(seen)) console.log(name.padEnd(12), value);
const holds =
  seen["cron-parser"] === "2027-01-08 2027-01-13 2027-01-15" &&
  seen.croner === seen["cron-parser"] &&
  seen["node-cron"] === "2027-08-13 2028-10-13 2029-04-13";

console.log(holds ? "The surprise holds." : "CHANGED: the three agree, or node-cron answers otherwise.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
