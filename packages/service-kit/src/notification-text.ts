import type { Locale } from '@steward/core';

import type { Labels } from './labels.ts';

/** What the text of a notification is made of. */
export type NotificationFacts = {
  template: string;
  params: Record<string, unknown>;
  /** Of the community it is about; null: of none. */
  zone: string | null;
};

/** `{name}`, or `{name:prefix}` for a code whose label is `prefix.CODE`. */
const placeholder = /\{(\w+)(?::(\w+))?\}/g;

/** Codes in the templates that every service has. */
const deadlineCodes: Record<string, string> = { kind: 'deadline' };
const commonCodes: Record<string, Record<string, string>> = {
  deadlineWarned: deadlineCodes,
  deadlineBreached: deadlineCodes,
  deadlineEscalated: deadlineCodes,
  approvalRequested: { kind: 'approval' },
};

const instantText = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

/** With a clock of 24 hours in both languages. */
const dateLocales: Record<Locale, string> = { en: 'en-GB', 'zh-CN': 'zh-CN' };

/** An instant as people of the community read it; without a community the zone is said. */
function localInstant(text: string, locale: Locale, zone: string | null): string {
  const said = zone === null ? ' UTC' : '';
  const options = { dateStyle: 'medium', timeStyle: 'short', timeZone: zone ?? 'UTC' } as const;
  return new Intl.DateTimeFormat(dateLocales[locale], options).format(new Date(text)) + said;
}

/** The text of a notification: codes by their labels, instants in the community's zone, both in the language asked for. */
export function notificationText(
  labels: Labels,
  locale: Locale,
  { template, params, zone }: NotificationFacts,
): string {
  const texts = labels[locale];
  return (texts[`template.${template}`] ?? template).replace(placeholder, (whole, name: string, given?: string) => {
    const value = params[name];
    if (!(name in params)) return whole;
    const prefix = given ?? commonCodes[template]?.[name];
    if (prefix !== undefined) return texts[`${prefix}.${String(value)}`] ?? String(value);
    return typeof value === 'string' && instantText.test(value) ? localInstant(value, locale, zone) : String(value);
  });
}
