#!/usr/bin/env bash
# Expected: chrono-node's option forwardDate decides words that leave it open
# ("Friday" is the coming one). "Last Friday" leaves nothing open: it lies in the
# past, with or without the option.
#
# chrono-node 2.10.3 pushes every weekday into the future with forwardDate, the
# word "last" in front of it notwithstanding. "Yesterday", "last week" and "a week
# ago" stay in the past, so that trying those first does not show it.
#
# Seen (on Saturday, 2026-11-28): "last Friday" is 2026-12-04, a week ahead;
# without the option 2026-11-27.
#
# Why it matters: forwardDate is what one sets for "send it on Friday". An answer
# such as "as in the mail of last Friday, go on" then holds a sending time in the
# future that nobody asked for.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts chrono-node@2.10.3

cat >check.mjs <<'CHECK'
import * as chrono from "chrono-node";

const now = { instant: new Date("2026-11-28T10:00:00Z"), timezone: 0 };
const day = (text, options) => chrono.parseDate(text, now, options).toISOString().slice(0, 10);
const forward = { forwardDate: true };

console.log("expected: 2026-11-27, with the option too");
console.log("last Friday, forwardDate:", day("last Friday", forward));
console.log("last Friday, without it: ", day("last Friday"));
console.log("last week, forwardDate:  ", day("last week", forward));
const holds =
  day("last Friday", forward) === "2026-12-04" &&
  day("last Friday") === "2026-11-27" &&
  day("last week", forward) === "2026-11-21";

console.log(holds ? "The surprise holds." : "CHANGED: last Friday lies elsewhere now.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
