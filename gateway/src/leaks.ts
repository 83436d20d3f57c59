/**
 * What never belongs in a text for people: stacks, paths, addresses, network error codes, SQL. Services answer with
 * texts of their label files, so a hit means that a driver's or a library's words got into one.
 */
const leaks = [
  /\n\s+at /,
  /\bat \S+ \(.+:\d+:\d+\)/,
  /(^|[\s('"`=])(\/[\w@.-]+){2,}/,
  /\b[A-Za-z]:\\/,
  /:\/\//,
  /\blocalhost\b/i,
  /\b(\d{1,3}\.){3}\d{1,3}\b/,
  /\b[a-z][\w-]*(\.[\w-]+)*:\d{2,5}\b/i,
  /\b(ECONN\w+|ENOTFOUND|ENOENT|EACCES|ETIMEDOUT|EPIPE|EAI_\w+|EHOSTUNREACH|UND_ERR_\w+)\b/,
  /\bSELECT\b[\s\S]+\bFROM\b/,
  /\bselect\b[\s\S]+\bfrom\b[\s\S]+\b(where|limit|order by|join)\b/i,
  /\binsert into\s+["\w.]+\s*\(/i,
  /\bupdate\s+["\w.]+\s+set\s/i,
  /\bdelete from\s+["\w.]+/i,
  /\b(relation|column|constraint|table|database|role) "[^"]+"/i,
  /syntax error at or near/i,
];

export const looksInternal = (text: string): boolean => leaks.some((leak) => leak.test(text));
