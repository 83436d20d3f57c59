import type { Locale } from '@steward/core';

const texts = {
  en: {
    usage:
      'npm run ops -- push --client NAME --version V FILE|DIR | list | show --client NAME --version V | retire --client NAME --version V  [--url URL] [--token TOKEN, or STEWARD_TOKEN] [--json] [--locale en|zh-CN]',
    noToken: 'Give an operator’s token: --token, or the variable STEWARD_TOKEN.',
    noOperations: 'There is no operation in {place}.',
    unreadable: 'The operations in {place} cannot be read.',
    unreachable: 'The gateway cannot be reached, or it keeps no operations: OPERATIONS_MODE is off.',
    pushed: '{count} operations are registered for {client} {version}.',
    retired: '{client} {version} is retired.',
    none: 'No client has registered operations.',
    unknown: '{client} {version} has registered nothing.',
  },
  'zh-CN': {
    usage:
      'npm run ops -- push --client 名称 --version 版本 文件|目录 | list | show --client 名称 --version 版本 | retire --client 名称 --version 版本  [--url 地址] [--token 令牌，或环境变量 STEWARD_TOKEN] [--json] [--locale en|zh-CN]',
    noToken: '请提供运维人员的令牌：--token 或环境变量 STEWARD_TOKEN。',
    noOperations: '{place} 中没有操作。',
    unreadable: '无法读取 {place} 中的操作。',
    unreachable: '无法连接网关，或网关未启用操作登记（OPERATIONS_MODE 为 off）。',
    pushed: '已为 {client} {version} 登记 {count} 个操作。',
    retired: '{client} {version} 已停用。',
    none: '尚无客户端登记操作。',
    unknown: '{client} {version} 尚未登记任何操作。',
  },
} as const satisfies Record<Locale, Record<string, string>>;

export type OpsText = keyof (typeof texts)['en'];

export const textOf = (locale: Locale, key: OpsText, params: Record<string, string | number> = {}): string =>
  texts[locale][key].replace(/\{(\w+)\}/g, (_whole, name: string) => String(params[name] ?? ''));
