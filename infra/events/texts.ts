import { interpolate, type Locale } from '@steward/core';

/** What `npm run events` says of parked and replayed events, in both languages. */
const texts = {
  usage: {
    en: `npm run events -- parked list [--service S] [--json]
npm run events -- parked show ID
npm run events -- parked retry ID
npm run events -- parked retry --all [--service S] [--reason R]
npm run events -- parked drop ID --why "the reason, which is kept"
npm run events -- replay --publisher S --consumer C
npm run events -- lost --publisher S [--json]
npm run events -- put-back --publisher S
All take --locale zh-CN|en.`,
    'zh-CN': `npm run events -- parked list [--service 服务] [--json]
npm run events -- parked show ID
npm run events -- parked retry ID
npm run events -- parked retry --all [--service 服务] [--reason 原因代码]
npm run events -- parked drop ID --why "原因（会保留）"
npm run events -- replay --publisher 发布方 --consumer 消费方
npm run events -- lost --publisher 发布方 [--json]
npm run events -- put-back --publisher 发布方
均可加 --locale zh-CN|en。`,
  },
  parkedActions: {
    en: 'parked takes list, show, retry or drop',
    'zh-CN': 'parked 之后应为 list、show、retry 或 drop',
  },
  idNeeded: {
    en: 'parked {action} takes the id that parked list prints',
    'zh-CN': 'parked {action} 需要 parked list 所列的 ID',
  },
  surplus: { en: 'not understood: {words}', 'zh-CN': '无法识别：{words}' },
  whyNeeded: {
    en: 'parked drop takes --why "the reason", which is kept',
    'zh-CN': 'parked drop 需要 --why "原因"，该原因会保留',
  },
  settled: {
    en: '{id} cannot be treated so: it waits for another one, is given up already, or could never be read',
    'zh-CN': '{id} 不能这样处理：它正在等待前一事件、已被放弃，或从未可读',
  },
  notParked: { en: 'no event with the id {id} is parked', 'zh-CN': '没有 ID 为 {id} 的搁置事件' },
  nothingParked: { en: 'nothing is parked', 'zh-CN': '没有搁置事件' },
  retried: { en: '{id} is tried again; what waits behind it follows', 'zh-CN': '{id} 将重试，其后等待的事件随之处理' },
  allRetried: { en: '{count} events are tried again', 'zh-CN': '将重试 {count} 个事件' },
  dropped: { en: '{id} is given up; what waits behind it follows', 'zh-CN': '{id} 已放弃，其后等待的事件随之处理' },
  replayNeeds: { en: 'replay takes --publisher and --consumer', 'zh-CN': 'replay 需要 --publisher 和 --consumer' },
  noReader: {
    en: '{consumer} does not read {publisher}; readers: {readers}',
    'zh-CN': '{consumer} 不消费 {publisher} 的事件；消费方有：{readers}',
  },
  replayed: {
    en: '{consumer} reads {publisher} again from version 1; {count} events the stream had lost are sent again',
    'zh-CN': '{consumer} 将从第 1 版重新读取 {publisher} 的事件；流中丢失的 {count} 个事件会重发',
  },
  publisherNeeded: { en: '{command} takes --publisher', 'zh-CN': '{command} 需要 --publisher' },
  nothingLost: { en: 'nothing is lost', 'zh-CN': '没有丢失的事件' },
  putBack: {
    en: 'the consumers of {publisher} compare what they have had; {count} facts of its stream are lost',
    'zh-CN': '{publisher} 的消费方正在核对已处理的事件；其流中有 {count} 个事件已丢失',
  },
  noService: {
    en: 'there is no service {service}; services: {services}',
    'zh-CN': '没有服务 {service}；现有服务：{services}',
  },
  noRunFile: {
    en: '{file} does not exist: start the platform with npm start',
    'zh-CN': '{file} 不存在：请先用 npm start 启动平台',
  },
  notStarted: {
    en: '{file} names no databases and broker yet: wait until the platform has started',
    'zh-CN': '{file} 尚未写入数据库和消息服务：请等平台启动完成',
  },
  noLocale: {
    en: 'there is no language "{locale}"; there are zh-CN and en',
    'zh-CN': '没有语言“{locale}”，只有 zh-CN 和 en',
  },
} satisfies Record<string, Record<Locale, string>>;

export type TextKey = keyof typeof texts;
export type TextParams = Record<string, string | number>;

export const textOf = (locale: Locale, key: TextKey, params: TextParams = {}): string =>
  interpolate(texts[key][locale], params);
