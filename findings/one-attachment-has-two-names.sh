#!/usr/bin/env bash
# Expected: an attachment has one name, and every reader of the mail shows it.
#
# A mail carries the name twice (Content-Type and Content-Disposition), and the
# two places have different rules: RFC 2231 percent signs are final, an encoded
# word is to be decoded. nodemailer 10.6.1 writes both correctly for a file whose
# real name looks like an encoded word. mailparser 3.14.2 reads it back;
# postal-mime 4.0.0 first undoes the percent signs, then decodes the result a
# second time, as if it were an encoded word.
#
# Seen: the file "=?utf-8?Q?offer=202?=.txt" is called the same by mailparser and
# "offer 2.txt" by postal-mime.
#
# Why it matters: a person approves "these three files" by their names. If the
# name is decoded twice, another name is shown than the one on the disk, and two
# different files may be shown under one name.
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

const filename = "=?utf-8?Q?offer=202?=.txt";
const transport = nodemailer.createTransport({ streamTransport: true, buffer: true });
const { message } = await transport.sendMail({
  from: "ann@example.com",
  to: "bob@example.com",
  subject: "Our offer",
  text: "See the file.",
  attachments: [{ filename, content: "price: 100" }],
});
const mailparser = (await simpleParser(message)).attachments[0].filename;
const postal = (await PostalMime.parse(message)).attachments[0].filename;

console.log("expected:   ", filename);
console.log("mailparser: ", mailparser);
console.log("postal-mime:", postal);
const holds = mailparser === filename && postal === "offer 2.txt";

console.log(holds ? "The surprise holds." : "CHANGED: both readers agree, or read it otherwise.");
process.exit(holds ? 0 : 1);
CHECK
node check.mjs
