import { interpolate, type Locale } from '@steward/core';

/** What the import itself says, in both languages; what a service refuses comes in the language asked for. */
const texts = {
  'usage.kindAndFile': { en: 'A kind and a file are needed.', 'zh-CN': '请给出数据种类和文件。' },
  'usage.tenant': {
    en: 'There is no demo company "{tenant}"; there are a and b.',
    'zh-CN': '没有演示公司“{tenant}”，只有 a 和 b。',
  },
  'usage.locale': {
    en: 'There is no language "{locale}"; there are zh-CN and en.',
    'zh-CN': '没有语言“{locale}”，只有 zh-CN 和 en。',
  },
  'usage.option': { en: 'An option is not understood: {detail}', 'zh-CN': '无法识别选项：{detail}' },
  'usage.lines': { en: '{why}\nUsage: {usage}\nKinds: {kinds}', 'zh-CN': '{why}\n用法：{usage}\n种类：{kinds}' },
  'usage.ignoredColumns': { en: 'Unknown columns are ignored: {columns}', 'zh-CN': '未知的列不予导入：{columns}' },
  KIND_UNKNOWN: {
    en: 'There is no kind "{name}"; there are: {names}.',
    'zh-CN': '没有数据种类“{name}”，可用的有：{names}。',
  },
  FILE_UNREADABLE: {
    en: 'The file {path} cannot be read ({code}).',
    'zh-CN': '无法读取文件 {path}（{code}）。',
  },
  FILE_EMPTY: {
    en: 'The file {path} is empty: not even a header is there.',
    'zh-CN': '文件 {path} 是空的，连表头也没有。',
  },
  ENCODING: {
    en: 'The file cannot be read: it is not UTF-8 (near byte {byte}); save it as UTF-8 and try again.',
    'zh-CN': '无法读取文件：编码不是 UTF-8（第 {byte} 字节附近），请另存为 UTF-8 后重试。',
  },
  HEADER_COLUMNS_MISSING: { en: 'The header lacks {columns}.', 'zh-CN': '表头缺少列：{columns}。' },
  HEADER_COLUMNS_REPEATED: {
    en: 'The header has more than one column {columns}.',
    'zh-CN': '表头中有重复的列：{columns}。',
  },
  QUOTES: {
    en: 'The quotes around line {line} are not those of a CSV file ({code}).',
    'zh-CN': '第 {line} 行附近的引号不符合 CSV 格式（{code}）。',
  },
  SHEET_UNREADABLE: {
    en: 'The file {path} cannot be read as an XLSX workbook.',
    'zh-CN': '无法将文件 {path} 作为 XLSX 工作簿读取。',
  },
  COMMUNITY_UNKNOWN: {
    en: 'There is no community "{code}" under management.',
    'zh-CN': '没有在管小区“{code}”。',
  },
  COMMUNITY_NEEDED: {
    en: 'There are several communities; say which by --community: {codes}',
    'zh-CN': '有多个小区，请用 --community 指定：{codes}',
  },
  TEMPLATE_NONE: { en: 'There is no template for "{name}".', 'zh-CN': '“{name}”没有模板。' },
  PERSON_NEEDED: { en: 'Say whose data by --person ID.', 'zh-CN': '请用 --person 指定人员 ID。' },
  PERSON_UNKNOWN: { en: 'There is no person {person}.', 'zh-CN': '没有人员 {person}。' },
  'export.written': {
    en: '{rows} rows written to {file}; personal data of {revealed} persons in clear.',
    'zh-CN': '已将 {rows} 条写入 {file}，其中 {revealed} 人的个人信息为明文。',
  },
  'template.written': { en: 'An empty file was written to {file}.', 'zh-CN': '已生成空白模板 {file}。' },
  CELL_EMPTY: { en: '"{column}" is empty.', 'zh-CN': '“{column}”为空。' },
  CELL_UNKNOWN: { en: '"{column}" is not one of the values it takes.', 'zh-CN': '“{column}”不是可用的取值。' },
  CELL_NO_DAY: { en: '"{column}" is no day.', 'zh-CN': '“{column}”不是日期。' },
  CELL_NO_NUMBER: { en: '"{column}" is no number.', 'zh-CN': '“{column}”不是数字。' },
  HOUSEHOLD_REFUSED: {
    en: 'Another row of the household {number} is wrong.',
    'zh-CN': '住户 {number} 的其他行有误。',
  },
  RECORD_TOO_LONG: {
    en: 'The record on line {line} does not end: is a quote left open?',
    'zh-CN': '第 {line} 行的记录没有结束：是否有引号未闭合？',
  },
  GATEWAY_ANSWERED: {
    en: 'The gateway answered {reason}: {message}{where}',
    'zh-CN': '网关答复 {reason}：{message}{where}',
  },
  NO_GRAPHQL: {
    en: '{url} answered {status} and no GraphQL.',
    'zh-CN': '{url} 答复了 {status}，且不是 GraphQL。',
  },
  GATEWAY_UNREACHABLE: {
    en: 'The gateway at {url} cannot be reached ({why}); is the platform running?',
    'zh-CN': '无法连接网关 {url}（{why}），平台是否已启动？',
  },
  FIELD_COUNT: { en: '{found} fields instead of {wanted}', 'zh-CN': '应有 {wanted} 个字段，实际为 {found} 个' },
  KEY_MALFORMED: { en: '{column} is not a whole number', 'zh-CN': '{column} 不是整数' },
  KEY_REPEATED: { en: '{column} {key} stands in the file twice', 'zh-CN': '{column} {key} 在文件中重复出现' },
  ADDRESS_MISSING: { en: 'a repair needs an Incident Address', 'zh-CN': '维修请求缺少 Incident Address（地址）' },
  ADDRESS_TOO_LONG: { en: 'more than {most} characters', 'zh-CN': '地址超过 {most} 个字符' },
  LOCATION_MISSING: {
    en: 'neither address nor intersection, street, coordinates, city or borough',
    'zh-CN': '没有地址，也没有路口、街道、坐标、城市或区',
  },
  COMPLAINT_TYPE_MISSING: { en: 'Complaint Type is empty', 'zh-CN': 'Complaint Type（诉求类型）为空' },
  TIME_UNREADABLE: {
    en: '{column} "{value}" is no time like 06/26/2018 12:50:01 PM',
    'zh-CN': '{column}“{value}”不是形如 06/26/2018 12:50:01 PM 的时间',
  },
  PLACE_UNANSWERED: { en: 'no answer for the building', 'zh-CN': '该楼栋没有得到答复' },
  'row.named': {
    en: 'row {row} (line {line}{key}): {reason}: {message}',
    'zh-CN': '第 {row} 条（第 {line} 行{key}）：{reason}：{message}',
  },
  'row.key': { en: ', key {key}', 'zh-CN': '，编号 {key}' },
  progress: {
    en: '{rows} rows read ({perSecond} rows/s), {through} through the gateway',
    'zh-CN': '已读 {rows} 条（{perSecond} 条/秒），已通过网关 {through} 条',
  },
  'summary.rows': { en: 'rows read', 'zh-CN': '读取' },
  'summary.ready': { en: 'would be sent', 'zh-CN': '将发送' },
  'summary.added': { en: 'added', 'zh-CN': '新增' },
  'summary.known': { en: 'already there', 'zh-CN': '已存在' },
  'summary.skipped': { en: 'skipped', 'zh-CN': '跳过' },
  'summary.failed': { en: 'failed', 'zh-CN': '失败' },
  'summary.byReason': { en: 'by reason', 'zh-CN': '按原因' },
  'summary.byType': { en: 'by type', 'zh-CN': '按类型' },
  'summary.warnings': { en: 'warnings', 'zh-CN': '警告' },
  'summary.seconds': { en: 'seconds', 'zh-CN': '秒' },
  'summary.speed': {
    en: '{seconds} ({read} rows/s read, {sent} rows/s through the gateway)',
    'zh-CN': '{seconds}（每秒读取 {read} 条，每秒通过网关 {sent} 条）',
  },
  'summary.stoppedBy': { en: 'stopped by', 'zh-CN': '中止原因' },
} satisfies Record<string, Record<Locale, string>>;

export type TextKey = keyof typeof texts;
export type TextParams = Record<string, string | number>;

/** A text of the import that has not been put into a language yet. */
export type Text = { key: TextKey; params: TextParams };

export const textOf = (locale: Locale, key: TextKey, params: TextParams = {}): string =>
  interpolate(texts[key][locale], params);

/** The language of the person at the terminal, by the variables that POSIX names for messages; English without them. */
export function localeOfTerminal(env: Record<string, string | undefined> = process.env): Locale {
  const named = [env['LC_ALL'], env['LC_MESSAGES'], env['LANG']].find((value) => value !== undefined && value !== '');
  return named?.toLowerCase().startsWith('zh') === true ? 'zh-CN' : 'en';
}
