const plain =
  /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z0-9-]{2,63}$/;

/** One ordinary mail address and nothing else: no quotes, spaces, comments, groups or control signs. */
export const isPlainAddress = (text: string): boolean =>
  text.length <= 254 && text.indexOf('@') <= 64 && plain.test(text);

/** The part behind the @, lower case. */
export const domainOf = (address: string): string => address.slice(address.lastIndexOf('@') + 1).toLowerCase();
