/** Subjects of answers. */

/** What programs write in front of an answer's subject, in the languages they are sold in. */
const marks = new Set(
  're aw sv vs antw r ré res rif odp ynt atb vá bls tl ref σχετ απ отв ответ відп רע השב תגובה رد 回复 回覆 答复 答覆 回信 返信 회신 답장'.split(
    ' ',
  ),
);

/** `Re: ` once, however many marks there were in whatever language; `re:Invent` is a name. */
export function replySubject(subject: string): string {
  let rest = subject.trim();
  for (;;) {
    const [whole, mark = ''] = /^([\p{L}]{1,8})(?:[[(]\d{1,4}[\])]|\^\d{1,4})?\s{0,9}[:：]\s{0,99}/u.exec(rest) ?? [];
    if (whole === undefined || !marks.has(mark.toLowerCase()) || isName(whole, rest)) break;
    rest = rest.slice(whole.length);
  }
  return `Re: ${rest}`.trim();
}

/** No program writes its mark small and without a space. */
const isName = (whole: string, rest: string): boolean =>
  /^[a-z]+:$/.test(whole) && /^\p{L}/u.test(rest.slice(whole.length));
