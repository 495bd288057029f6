#!/usr/bin/env bash
# Expected: a mail parser gives the ids in References one by one, because a
# program compares them with the ids of the mails it sent.
#
# RFC 5322 (3.6.4) puts nothing mandatory between two ids: "<a@x><b@x>" is as
# valid as "<a@x> <b@x>", and a comment may follow an id. mailparser 3.14.2 cuts
# References at blanks only, so it returns the two ids as one string. In
# Message-ID it does not see that the id has ended before a comment, and appends
# a second ">" to the whole.
#
# Seen: references "<a@example.com><b@example.com>" (one string) and messageId
# "<c@example.com> (queue 7)>", an id which nobody ever wrote.
#
# Why it matters: an answer belongs to the question whose id it names. With such
# ids no answer finds its question, and a reply which is sent with the made-up id
# starts a new thread at the reader's end.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts mailparser@3.14.2

cat >check.mjs <<'CHECK'
import { simpleParser } from "mailparser";

const mail = [
  "From: Ann <ann@example.com>",
  "Message-ID: <c@example.com> (queue 7)",
  "References: <a@example.com><b@example.com>",
  "Subject: Re: approve?",
  "",
  "approve",
  "",
].join("\r\n");

const { references, messageId } = await simpleParser(mail);
console.log('expected: references ["<a@example.com>","<b@example.com>"], messageId "<c@example.com>"');
console.log("seen:     references", JSON.stringify(references), "messageId", JSON.stringify(messageId));
const holds =
  references === "<a@example.com><b@example.com>" && messageId === "<c@example.com> (queue 7)>";

console.log(holds ? "The surprise holds." : "CHANGED: mailparser reads these ids otherwise.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
