import { isOfLaw, rulesNamedBy, type Rule } from './rule-catalog.ts';
import type { TestResults } from './test-results.ts';

export type ProvedRules = {
  /** Rule -> tests that name it and passed, as 'file > name'. */
  proved: Record<string, string[]>;
  unproved: string[];
  /** Named by a test and no rule of the standard. */
  unknown: string[];
};

/** A rule is proved by tests that ran and passed; one of its tests failing leaves it unproved. */
export function provedRules(rules: readonly Rule[], { tests }: Pick<TestResults, 'tests'>): ProvedRules {
  const byRule = new Map<string, { passed: string[]; hasFailed: boolean }>();
  for (const { file, name, passed } of tests) {
    for (const id of rulesNamedBy(name)) {
      const entry = byRule.get(id) ?? { passed: [], hasFailed: false };
      if (passed) entry.passed.push(`${file} > ${name}`);
      else entry.hasFailed = true;
      byRule.set(id, entry);
    }
  }
  const isProved = (id: string): boolean => byRule.get(id)?.hasFailed === false;
  const ids = rules.map(({ id }) => id);
  return {
    proved: Object.fromEntries(ids.filter(isProved).map((id) => [id, byRule.get(id)?.passed ?? []])),
    unproved: ids.filter((id) => !isProved(id)),
    unknown: [...byRule.keys()].filter((id) => !ids.includes(id) && !isOfLaw(id)),
  };
}

/** The rules by service, for a person. */
export function describeProvedRules(rules: readonly Rule[], { proved, unproved }: ProvedRules): string {
  const services = [...new Set(rules.map(({ service }) => service))];
  const blocks = services.map((service) => {
    const own = rules.filter((rule) => rule.service === service);
    const count = own.filter(({ id }) => id in proved).length;
    return [`${service}: ${count} of ${own.length} rules proved`, ...own.map((rule) => describeRule(rule, proved))];
  });
  const total = `${rules.length - unproved.length} of ${rules.length} rules proved`;
  return [...blocks.flat(), '', total].join('\n');
}

function describeRule({ id, text }: Rule, proved: Record<string, string[]>): string {
  const tests = proved[id];
  if (tests === undefined) return `  ${id}  unproved  ${text}`;
  return [`  ${id}  ${text}`, ...tests.map((test) => `          ${test}`)].join('\n');
}
