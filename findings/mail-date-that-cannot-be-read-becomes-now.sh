#!/usr/bin/env bash
# Expected: a mail whose Date header a parser cannot read has no date, or an
# invalid one.
#
# mailparser 3.14.2 gives such a mail the present moment as its date, without a
# word. The zone "CEST" is enough: many programs write zone names, and RFC 5322
# (4.3) says that an unknown name counts as -0000. A year-old mail then reads as
# if it had been written just now. postal-mime 4.0.0, asked for the same mail,
# hands back the header as it stands.
#
# Seen: date 2026-... (the second of the call) for a mail of 2019.
#
# Why it matters: an answer by mail counts only after its question, and for a
# limited time. An old "approve" with such a date is always fresh, and of two
# answers the one that was parsed last counts as the later one.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailparser@3.14.2 postal-mime@4.0.0

cat >check.mjs <<'CHECK'
import { simpleParser } from "mailparser";
import PostalMime from "postal-mime";

const mail = [
  "From: Ann <ann@example.com>",
  "Date: Mon, 01 Jul 2019 09:00:00 CEST",
  "Subject: Re: approve?",
  "",
  "approve",
  "",
].join("\r\n");

const before = Date.now();
const { date } = await simpleParser(mail);
const other = (await PostalMime.parse(mail)).date;

console.log("expected:    2019-07-01, or no valid date");
console.log("mailparser: ", date?.toISOString());
console.log("postal-mime:", other);
const holds = date instanceof Date && date.getTime() >= before && date.getTime() <= Date.now();

console.log(holds ? "The surprise holds." : "CHANGED: mailparser no longer takes the present moment.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
