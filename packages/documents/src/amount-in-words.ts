const digits = ['零', '壹', '贰', '叁', '肆', '伍', '陆', '柒', '捌', '玖'] as const;
const places = ['', '拾', '佰', '仟'] as const;
const groups = ['', '万', '亿', '万亿'] as const;

const digitAt = (text: string, index: number): string => digits[Number(text[index])] ?? '';

/** Up to four digits: `1050` -> 壹仟零伍拾. */
function groupInWords(text: string): string {
  let words = '';
  let owesZero = false;
  for (let index = 0; index < text.length; index += 1) {
    if (text[index] === '0') {
      owesZero = words !== '';
      continue;
    }
    words += `${owesZero ? '零' : ''}${digitAt(text, index)}${places[text.length - 1 - index] ?? ''}`;
    owesZero = false;
  }
  return words;
}

function wholeInWords(text: string): string {
  const parts: string[] = [];
  for (let end = text.length; end > 0; end -= 4) parts.unshift(text.slice(Math.max(0, end - 4), end));
  let words = '';
  let owesZero = false;
  parts.forEach((part, index) => {
    const spoken = groupInWords(part);
    const name = groups[parts.length - 1 - index] ?? '';
    if (spoken === '') {
      owesZero = words !== '';
      return;
    }
    // A zero is said where places are left out between two groups.
    const hasGap = words !== '' && (owesZero || part.startsWith('0'));
    words += `${hasGap ? '零' : ''}${spoken}${name}`;
    owesZero = false;
  });
  return words;
}

/**
 * An amount of renminbi in the capital figures of receipts and cheques (人民币大写, by the rules of the People's Bank for
 * filling in vouchers): `12345` fen -> 壹佰贰拾叁元肆角伍分.
 */
export function amountInWords(fen: number): string {
  if (!Number.isSafeInteger(fen) || fen < 0) throw new RangeError('an amount in words is not negative and whole');
  const text = String(fen).padStart(3, '0');
  const whole = wholeInWords(text.slice(0, -2));
  const [jiao, cent] = [text.at(-2) ?? '0', text.at(-1) ?? '0'];
  const yuan = whole === '' ? '' : `${whole}元`;
  if (jiao === '0' && cent === '0') return `${yuan === '' ? '零元' : yuan}整`;
  const jiaoWords = jiao === '0' ? (whole === '' ? '' : '零') : `${digitAt(jiao, 0)}角`;
  return `${yuan}${jiaoWords}${cent === '0' ? '整' : `${digitAt(cent, 0)}分`}`;
}
