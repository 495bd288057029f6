#!/usr/bin/env bash
# Expected: in a mail with format=flowed (RFC 3676) a parser joins the lines of
# one paragraph; a quoted line and the answer below it stay apart, because a
# change in the depth of ">" ends the paragraph (section 4.5).
#
# postal-mime 4.0.0 joins every line that ends in a blank with the next one,
# whatever the ">" in front says. The answer is glued to the quoted question, and
# inside a quoted paragraph the ">" of each further line stays in the middle of
# the sentence. mailparser 3.14.2 keeps the answer on its own line.
#
# Seen: "> Shall I send it? No, wait." as one quoted line.
#
# Why it matters: who reads answers by mail removes the lines that begin with
# ">". Here the answer goes with them: a "No" under a question with a blank at
# its end is never seen, and a "Yes" neither.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts postal-mime@4.0.0 mailparser@3.14.2

cat >check.mjs <<'CHECK'
import PostalMime from "postal-mime";
import { simpleParser } from "mailparser";

const mail = [
  "From: Ann <ann@example.com>",
  "MIME-Version: 1.0",
  "Content-Type: text/plain; format=flowed",
  "",
  "> The draft to Bob is ready, with ",
  "> the new price.",
  "> Shall I send it? ",
  "No, wait.",
  "",
].join("\r\n");
const lines = (text) => text.trim().split(/\r?\n/);
const postal = lines((await PostalMime.parse(mail)).text);
const other = lines((await simpleParser(mail)).text);

console.log("expected:    the last line is", JSON.stringify("No, wait."));
console.log("postal-mime:", JSON.stringify(postal));
console.log("mailparser: ", JSON.stringify(other));
const holds =
  postal.at(-1) === "> Shall I send it? No, wait." &&
  postal[0] === "> The draft to Bob is ready, with > the new price." &&
  other.at(-1) === "No, wait.";

console.log(holds ? "The surprise holds." : "CHANGED: the quoted line and the answer are apart now.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
