const titles = {
  FIELD_UNCOVERED: ['Fields without a row', '没有访问规则的字段'],
  ENTITY_WITHOUT_ROW: ['Entities without a row of their own', '没有自身访问规则的实体'],
  ROW_WITHOUT_FIELD: ['Rows that name nothing in the schema', '在接口定义中不存在的访问规则'],
  RELATION_WITHOUT_SUBJECT: ['Types with a relation but without a subject', '规则涉及归属但没有归属判断的类型'],
  INHERITED_FROM_NOBODY: ["Rows of 'inherit' on what nobody holds", '无可继承而写为 inherit 的规则'],
} as const;

/** A way in which an access table does not fit a schema. */
export type AccessTableFault = keyof typeof titles;

/**
 * Stops a service whose access table does not fit its schema; names everything that is wrong at once. It is read in a
 * terminal, before anybody could have asked for a language: so it says it in both.
 */
export class AccessTableError extends Error {
  override readonly name = 'AccessTableError';
  readonly reason = 'ACCESS_TABLE_UNFIT';
  readonly faults: { fault: AccessTableFault; names: string[] }[];

  constructor(faults: { fault: AccessTableFault; names: string[] }[]) {
    const lines = faults.flatMap(({ fault, names }) => [
      `${titles[fault].join(' / ')}:`,
      ...names.map((name) => `  ${name}`),
    ]);
    super(`The access table does not fit the schema / 访问规则表与接口定义不符:\n${lines.join('\n')}`);
    this.faults = faults;
  }
}
