#!/usr/bin/env bash
# Expected: a cron library that can look forward and back sees the same runs from
# both sides: next() from yesterday and prev() from tomorrow meet in between.
#
# cron-parser 5.10.6 has two rules for the nights in which the clock changes.
# For "30 2 * * *" in Berlin, next() moves the run of the missing hour to 03:30
# and gives the doubled hour one run; prev() has no run in the first night and
# two in the second.
#
# Seen: 2027-03-28: next 1 run, prev 0 runs. 2027-10-31: next 1 run, prev 2 runs.
#
# Why it matters: a program that wakes up asks prev() "which run did I miss?" and
# compares it with the one it carried out, which next() had named. In autumn the
# two differ by an hour, so the run counts as missed, and what is sent by it goes
# out twice; in spring a missed run is never made up for.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts cron-parser@5.10.6

cat >check.mjs <<'CHECK'
import { CronExpressionParser } from "cron-parser";

function runs(from, to) {
  const at = (date) => CronExpressionParser.parse("30 2 * * *", { currentDate: date, tz: "Europe/Berlin" });
  const forward = [];
  for (let walk = at(from), date; (date = walk.next().toDate()) < to; ) forward.push(date.toISOString());
  const back = [];
  for (let walk = at(to), date; (date = walk.prev().toDate()) > from; ) back.unshift(date.toISOString());
  return { forward, back };
}
const spring = runs(new Date("2027-03-27T12:00:00Z"), new Date("2027-03-28T12:00:00Z"));
const autumn = runs(new Date("2027-10-30T12:00:00Z"), new Date("2027-10-31T12:00:00Z"));

console.log("expected: forward and back name the same runs");
console.log("spring:  ", JSON.stringify(spring));
console.log("autumn:  ", JSON.stringify(autumn));
const count = ({ forward, back }) => `${forward.length}/${back.length}`;
const holds = count(spring) === "1/0" && count(autumn) === "1/2";

console.log(holds ? "The surprise holds." : "CHANGED: forward and back agree, or differ in another way.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
