/** GraphQL's reasons that name fields and types of the schema only. */
const safeReason =
  /; (Field "\w+" (?:is not defined by type "\w+"|of required type "[\w[\]!]+" was not provided)\.|Expected (?:non-nullable )?type "[\w[\]!]+"(?: to be an object| not to be null)\.)(?: Did you mean [\w", ]+\?)?$/;

const variableFault = /^Variable "\$(\w+)" got invalid value /;

/**
 * What GraphQL says of values that do not fit, without the values: they may be somebody's name or phone, and errors are
 * kept by whoever receives them. Which variable, where in it and which field or type stay.
 */
export function withoutValues(message: string): string {
  const name = variableFault.exec(message)?.[1];
  if (name === undefined) {
    return message
      .replace(/(cannot represent [^:]*): .*$/s, '$1.')
      .replace(/, found .*$/s, '.')
      .replace(/^Value .* does not exist in ("\w+") enum\..*$/s, 'A value does not exist in $1 enum.');
  }
  const places = message.matchAll(new RegExp(` at "(${name}(?:\\.\\w+|\\[\\d+\\])+)"; `, 'g'));
  const place = [...places].at(-1)?.[1];
  const reason = safeReason.exec(message)?.[1];
  const said = `Variable "$${name}" got an invalid value${place === undefined ? '' : ` at "${place}"`}`;
  return reason === undefined ? `${said}.` : `${said}; ${reason}`;
}
