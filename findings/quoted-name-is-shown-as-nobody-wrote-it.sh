#!/usr/bin/env bash
# Expected: what stands between quotation marks in an address header is literal
# text. RFC 2047 (5, rule 3) says it outright: an encoded word MUST NOT appear
# within a quoted string, so there is nothing to decode.
#
# nodemailer 10.6.1 relies on it: a name that looks like an encoded word is
# written in quotes, unchanged. mailparser 3.14.2 and postal-mime 4.0.0 decode it
# all the same. A mail that nodemailer writes correctly is thus read by its own
# sister libraries with another name in it.
#
# Seen: the name "=?utf-8?Q?Sales=20Team?=" is read as "Sales Team".
#
# Why it matters: the name in From is what an approver goes by when he answers,
# and the name in To is part of what was approved. Two programs that read one
# header show two names, and a copy read back does not equal what was sent.
set -euo pipefail

folder="$(mktemp -d)"
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund --ignore-scripts nodemailer@10.6.1 mailparser@3.14.2 postal-mime@4.0.0

cat >check.mjs <<'CHECK'
import nodemailer from "nodemailer";
import { simpleParser } from "mailparser";
import PostalMime from "postal-mime";

const name = "=?utf-8?Q?Sales=20Team?=";
const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
const { message } = await transport.sendMail({
  from: "ann@example.com",
  to: { name, address: "bob@example.com" },
  subject: "Hello",
  text: "Hello",
});
const header = message.toString().match(/^To: .*$/m)[0].trim();
const seen = [
  (await simpleParser(message)).to.value[0].name,
  (await PostalMime.parse(message)).to[0].name,
];

console.log("written:    ", header);
console.log("expected:   ", name);
console.log("mailparser: ", seen[0]);
console.log("postal-mime:", seen[1]);
const holds = header.includes(`"${name}"`) && seen.every((one) => one === "Sales Team");

console.log(holds ? "The surprise holds." : "CHANGED: a quoted name is shown as it was written, or is written otherwise.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
