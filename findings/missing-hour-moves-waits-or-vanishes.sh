#!/usr/bin/env bash
# Expected: a daily run at 02:30 on the night in which the clock jumps from 02:00 to
# 03:00 is an old question, so the well-kept libraries give one answer to it, and
# the answer does not depend on how the minutes are spelled.
#
# For Berlin, 2027-03-28, three libraries give three answers: cron-parser 5.10.6
# names 03:30, croner 11.0.1 names 03:00 (as cron on Debian does), node-cron 4.6.0
# names no run at all that day. And croner's answer hangs on the spelling: with
# "*/20" for the minutes it names none either, where cron-parser names three.
#
# Seen: 03:30 / 03:00 / next day; croner with "*/20 2 * * *": next day.
#
# Why it matters: the release of what was approved "for the night", or the report
# of what was sent, moves by half an hour or waits for a day when one library is
# replaced by another. Two programs that share one schedule disagree once a year.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts cron-parser@5.10.6 croner@11.0.1 node-cron@4.6.0

cat >check.mjs <<'CHECK'
import { mock } from "node:test";
import { CronExpressionParser } from "cron-parser";
import { Cron } from "croner";
import nodeCron from "node-cron";

const timezone = "Europe/Berlin";
const now = new Date("2027-03-27T12:00:00Z");
mock.timers.enable({ apis: ["Date"], now });
const local = (date) => date.toLocaleString("sv-SE", { timeZone: timezone }).slice(5, 16);
const croner = (rule) => local(new Cron(rule, { timezone, paused: true }).nextRun(now));
const rule = "30 2 * * *";
const seen = {
  "cron-parser": local(CronExpressionParser.parse(rule, { currentDate: now, tz: timezone }).next().toDate()),
  croner: croner(rule),
  "node-cron": local(nodeCron.createTask(rule, () => {}, { timezone }).getNextRuns(1)[0]),
  'croner with "*/20 2 * * *"': croner("*/20 2 * * *"),
};
mock.timers.reset();

console.log("expected: one moment on 03-28, the same from all");
for (const [name, value] of Object.entries(seen)) console.log(value, name);
const holds =
  Object.values(seen).join() === "03-28 03:30,03-28 03:00,03-29 02:30,03-29 02:00";

console.log(holds ? "The surprise holds." : "CHANGED: the libraries treat the missing hour otherwise.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
