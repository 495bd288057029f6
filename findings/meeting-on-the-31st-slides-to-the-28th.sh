#!/usr/bin/env bash
# Expected: FREQ=MONTHLY from the 31st of January skips the months without a
# 31st. RFC 5545 (3.3.10) says it: instances with an invalid date MUST be ignored
# and MUST NOT be counted.
#
# node-ical 0.26.1 moves the second instance to the last day of February and then
# stays on that day: the meeting of the 31st is a meeting of the 28th for ever.
# With BYMONTHDAY=31 written out (which means the same) it skips as it should,
# and ical.js 2.2.1 skips in both spellings.
#
# Seen: 01-31, 02-28, 03-28, 04-28 instead of 01-31, 03-31, 05-31, 07-31.
#
# Why it matters: who approves an invitation sees the dates that a library makes
# of the rule; the guests' calendars make other ones. All but the first are wrong.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts node-ical@0.26.1 ical.js@2.2.1

cat >check.mjs <<'CHECK'
import nodeIcal from "node-ical";
import ICAL from "ical.js";

const invitation = (rule) =>
  ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//example//EN", "BEGIN:VEVENT", "UID:1@example.com",
    "DTSTAMP:20270101T000000Z", "DTSTART:20270131T090000Z", `RRULE:${rule}`, "SUMMARY:Accounts",
    "END:VEVENT", "END:VCALENDAR", ""].join("\r\n");
const day = (date) => date.toISOString().slice(5, 10);
function byNodeIcal(rule) {
  const event = Object.values(nodeIcal.sync.parseICS(invitation(rule))).find((one) => one.type === "VEVENT");
  return event.rrule.all().map(day).join(" ");
}
function byIcalJs(rule) {
  const calendar = new ICAL.Component(ICAL.parse(invitation(rule)));
  const dates = new ICAL.Event(calendar.getFirstSubcomponent("vevent")).iterator();
  return Array.from({ length: 4 }, () => day(dates.next().toJSDate())).join(" ");
}
const rule = "FREQ=MONTHLY;COUNT=4";
const spelled = "FREQ=MONTHLY;BYMONTHDAY=31;COUNT=4";
const right = "01-31 03-31 05-31 07-31";

console.log("expected:                       ", right);
console.log("ical.js:                        ", byIcalJs(rule));
console.log("node-ical:                      ", byNodeIcal(rule));
console.log("node-ical, the 31st spelled out:", byNodeIcal(spelled));
const holds =
  byNodeIcal(rule) === "01-31 02-28 03-28 04-28" && byNodeIcal(spelled) === right && byIcalJs(rule) === right;

console.log(holds ? "The surprise holds." : "CHANGED: node-ical counts these months otherwise.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
