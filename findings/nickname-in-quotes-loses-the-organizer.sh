#!/usr/bin/env bash
# Expected: an invitation made by one calendar library names the same organizer
# when another one reads it.
#
# A parameter value in RFC 5545 has no way to hold a quotation mark (RFC 6868
# later gave it one, ^'). ical-generator 10.2.0 writes one with a backslash in
# front, which means nothing there: the value ends at that mark. node-ical 0.26.1
# then finds no organizer at all, and ical.js 2.2.1 one that is called "Ann \".
#
# Seen: ORGANIZER;CN="Ann \"Sunny\" Miller":mailto:ann@example.com, read back as
# undefined and as Ann \ respectively.
#
# Why it matters: the organizer is the one who may change and cancel a meeting,
# and whom the answers go to. With a nickname in the sender's name the invitation
# which was approved is one that the guest's program cannot answer.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts ical-generator@10.2.0 node-ical@0.26.1 ical.js@2.2.1

cat >check.mjs <<'CHECK'
import icalGenerator from "ical-generator";
import nodeIcal from "node-ical";
import ICAL from "ical.js";

const calendar = icalGenerator();
calendar.createEvent({
  id: "1@example.com",
  start: new Date("2027-03-01T09:00:00Z"),
  summary: "Accounts",
  organizer: { name: 'Ann "Sunny" Miller', email: "ann@example.com" },
});
const text = calendar.toString();
const byNodeIcal = Object.values(nodeIcal.sync.parseICS(text)).find((one) => one.type === "VEVENT").organizer;
const event = new ICAL.Component(ICAL.parse(text)).getFirstSubcomponent("vevent");
const byIcalJs = event.getFirstProperty("organizer").getParameter("cn");

console.log("expected: Ann \"Sunny\" Miller, ann@example.com from both");
console.log("written: ", text.match(/^ORGANIZER.*$/m)[0].trim());
console.log("node-ical:", byNodeIcal);
console.log("ical.js:  ", byIcalJs);
const holds = byNodeIcal === undefined && byIcalJs === "Ann \\";

console.log(holds ? "The surprise holds." : "CHANGED: the organizer is read back, or is written otherwise.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
