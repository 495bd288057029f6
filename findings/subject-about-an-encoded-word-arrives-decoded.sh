#!/usr/bin/env bash
# Expected: the subject that nodemailer is given is the subject that a reader
# sees, because nodemailer encodes whatever would be read otherwise.
#
# nodemailer 10.6.1 encodes a subject only for characters outside of ASCII. A
# subject that speaks of an encoded word ("why does my list show
# =?utf-8?Q?Hello?=") is written as it is, and every reader decodes it: mailparser
# 3.14.2 and postal-mime 4.0.0 both show another subject. RFC 2047 leaves a
# writer one way, which is to encode such text once more.
#
# Seen: "Your list shows =?utf-8?Q?Gr=C3=BC=C3=9Fe?= to me" arrives as "Your list
# shows Grüße to me".
#
# Why it matters: what was approved is not what arrives. A person signs one
# subject, and another one is read; comparing the sent copy with the approved
# draft fails too.
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

const subject = "Your list shows =?utf-8?Q?Gr=C3=BC=C3=9Fe?= to me";
const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
const { message } = await transport.sendMail({
  from: "ann@example.com",
  to: "bob@example.com",
  subject,
  text: "Hello Bob",
});
const seen = [(await simpleParser(message)).subject, (await PostalMime.parse(message)).subject];

console.log("expected:   ", subject);
console.log("mailparser: ", seen[0]);
console.log("postal-mime:", seen[1]);
const holds = seen.every((one) => one === "Your list shows Grüße to me");

console.log(holds ? "The surprise holds." : "CHANGED: the subject arrives as it was given, or is decoded otherwise.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
