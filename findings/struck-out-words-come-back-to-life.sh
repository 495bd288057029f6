#!/usr/bin/env bash
# Expected: the plain text that a parser makes of an HTML mail says what the HTML
# says; words that are struck out are left out or marked.
#
# mailparser 3.14.2 (with html-to-text inside) drops the strike-through and keeps
# the words, drops "superscript" and keeps the digits, and numbers a list anew
# although its items carry their own numbers.
#
# Seen: "Do <del>not</del> send it before Friday" (the writer crossed out "not")
# becomes "Do not send it before Friday"; 10<sup>3</sup> becomes 103; an item
# with value=9 becomes number 2.
#
# Why it matters: an approver's answer, or the quoted draft he speaks about, is
# read as plain text. A correction made with the strike-through button of a mail
# program turns into its opposite, and "change point 9" names another point.
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
  "MIME-Version: 1.0",
  "Content-Type: text/html; charset=utf-8",
  "",
  "<p>Do <del>not</del> send it before Friday.</p>",
  "<p>We need 10<sup>3</sup> copies.</p>",
  '<ol><li value="8">price</li><li value="9">date</li></ol>',
  "",
].join("\r\n");
const lines = (await simpleParser(mail)).text.split("\n").map((line) => line.trim()).filter(Boolean);

console.log('expected: no plain "Do not send it", no plain "103", points 8 and 9');
console.log("seen:    ", JSON.stringify(lines));
const wanted = ["Do not send it before Friday.", "We need 103 copies.", "1. price", "2. date"];
const holds = JSON.stringify(lines) === JSON.stringify(wanted);

console.log(holds ? "The surprise holds." : "CHANGED: the plain text now tells these marks, or tells them otherwise.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
