import { describe, expect, it } from '@jest/globals';
import { buildServiceSchema, mergeLabels } from '@steward/service-kit';
import { migrateDownAndUp, schemaDrift, unconfinedTables } from '@steward/test-kit';
import { isEnumType, isObjectType } from 'graphql';

import { commonAreaCodes } from '../src/domain/place-policy.ts';
import { documentKinds } from '../src/domain/household-file-policy.ts';
import { definition } from '../src/service.ts';

describe('residents', () => {
  it('can undo and redo every migration', async () => {
    await expect(migrateDownAndUp(definition)).resolves.toBeUndefined();
  });

  it('has the columns its entities say', async () => expect(await schemaDrift(definition)).toEqual([]));

  it('confines every table that it reaches to a company', async () =>
    expect(await unconfinedTables(definition)).toEqual([]));
});

describe('labels', () => {
  const { en, 'zh-CN': zh } = mergeLabels(definition.labels);
  const named = (key: string): boolean => en[key] !== undefined && zh[key] !== undefined;

  it('name every refusal of the schema in both languages', () => {
    const lists = [...definition.schema.matchAll(/Refusals[^:]*:([^"]+)/g)].flatMap(([, list = '']) =>
      list.split(/Of the whole:/),
    );
    const reasons = lists.flatMap((list) => list.match(/\b[A-Z]+_[A-Z_]+\b/g) ?? []);
    expect(reasons.length).toBeGreaterThan(60);
    expect([...new Set(reasons)].filter((reason) => !named(`reason.${reason}`))).toEqual([]);
  });

  it('name every code and every value of an enumeration', () => {
    const codes = [
      ...commonAreaCodes.map((code) => `commonArea.${code}`),
      ...documentKinds.map((code) => `documentKind.${code}`),
    ];
    const types = Object.values(buildServiceSchema(definition).getTypeMap());
    const own = types.filter(
      (type) => isEnumType(type) && definition.schema.includes(`enum ${type.name} `) && !type.name.endsWith('Order'),
    );
    const values = own.flatMap((type) =>
      isEnumType(type) ? type.getValues().map(({ name }) => `${type.name}.${name}`) : [],
    );
    expect([...codes, ...values].filter((key) => !named(key))).toEqual([]);
  });

  it('name no field that the schema does not have', () => {
    const schema = buildServiceSchema(definition);
    const isField = (key: string): boolean => {
      const [typeName = '', field = ''] = key.split('.');
      const type = schema.getType(typeName);
      if (isEnumType(type)) return type.getValue(field) !== undefined;
      return isObjectType(type) && field in type.getFields();
    };
    expect(Object.keys(definition.labels.en).filter((key) => /^[A-Z]/.test(key) && !isField(key))).toEqual([]);
  });
});
