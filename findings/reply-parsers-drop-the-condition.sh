#!/usr/bin/env bash
# Expected: a library that cuts quoted text and signatures out of an answer keeps
# what the person wrote above and below.
#
# email-reply-parser 2.3.7 takes everything from a line that begins with "Sent
# from", or from a closing word on its own line, as a signature, a question or a
# "PS" included. planer 1.2.0 takes "Date:" and "To:" on two lines for a quoted
# header, and a sentence which begins with "On" and runs into "wrote:" for the
# start of a quotation. Each keeps what the other drops.
#
# Seen: "Yes.  Sent from Bob as well? Then no." is cut to "Yes."; "Approve.
# Date: please make it Friday / To: add Eve as well" is cut to "Approve.".
#
# Why it matters: the part which is cut is a condition, and what stays is a clean
# "yes". A program that believes the short text sends what was not approved.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts email-reply-parser@2.3.7 planer@1.2.0

cat >check.mjs <<'CHECK'
import ReplyParser from "email-reply-parser";
import planer from "planer";

const Parser = ReplyParser.default ?? ReplyParser;
const read = {
  "email-reply-parser": (text) => new Parser().read(text).getVisibleText().trim(),
  planer: (text) => planer.extractFrom(text, "text/plain").trim(),
};
const cases = [
  ["email-reply-parser", "Yes.\n\nSent from Bob as well? Then no.", "Yes."],
  ["email-reply-parser", "Approve\n\nCheers\nAnn\n\nPS: not before Friday", "Approve"],
  ["planer", "Approve.\n\nDate: please make it Friday\nTo: add Eve as well", "Approve."],
  ["planer", "On Monday we meet, so yes.\nBob wrote:\nwait for me", ""],
];
let holds = true;
for (const [name, text, cut] of cases) {
  const seen = read[name](text);
  const other = Object.keys(read).find((one) => one !== name);
  console.log(`${name}\n  expected: ${JSON.stringify(text)}\n  seen:     ${JSON.stringify(seen)}`);
  console.log(`  (${other} keeps: ${JSON.stringify(read[other](text))})`);
  holds &&= seen === cut && read[other](text).length > cut.length;
}

console.log(holds ? "The surprise holds." : "CHANGED: one of these answers is kept whole now.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
