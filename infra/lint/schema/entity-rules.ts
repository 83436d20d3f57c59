import { directiveArgument, hasDirective, rootTypes, type SchemaType } from './schema-model.ts';
import { fieldsAndArguments, type SchemaRule } from './schema-rule.ts';

/** Entities that more than one subgraph names, with the one that answers for them. */
const owners: Record<string, string> = {
  Community: 'residents',
  Place: 'residents',
  Unit: 'residents',
  Person: 'residents',
  Organisation: 'residents',
  Household: 'residents',
  Staff: 'hr',
  Team: 'hr',
  Department: 'hr',
  WorkOrder: 'work-orders',
  Complaint: 'complaints',
  BillingAccount: 'billing',
  Charge: 'billing',
  Bill: 'billing',
  Payment: 'billing',
  Activity: 'community-events',
  Announcement: 'community-events',
  Survey: 'community-events',
  Vote: 'community-events',
};

function isForeign(name: string, service: string): boolean {
  return name in owners && owners[name] !== service;
}

/** Every entity has one key, its id; a stub of another's entity says that it cannot be resolved here. */
export const keys: SchemaRule = (type, complain, { service }) => {
  const count = type.directives.filter(({ name }) => name.value === 'key').length;
  if (count > 1) complain(type, `${type.name} has ${count} keys; one entity, one key`);
  const fields = directiveArgument(type, 'key', 'fields');
  if (count === 1 && fields !== 'id') complain(type, `${type.name}: the key is @key(fields: "id")`);
  const isBareStub = type.fields.every(({ name }) => name === 'id');
  if (count === 1 && isBareStub && isForeign(type.name, service)) {
    const resolvable = directiveArgument(type, 'key', 'resolvable');
    if (resolvable !== 'false') complain(type, `${type.name} is a stub here: @key(fields: "id", resolvable: false)`);
  }
};

/** What another subgraph answers may be missing, so that one dead service costs one field and not the answer. */
export const foreignIsNullable: SchemaRule = (type, complain, { service }) => {
  if (type.kind !== 'object') return;
  for (const field of type.fields) {
    const path = `${type.name}.${field.name}`;
    const isOwnAddition = isForeign(type.name, service) && field.name !== 'id' && !hasDirective(field, 'external');
    if (isOwnAddition && field.isNonNull)
      complain(field, `${path} adds to an entity of ${owners[type.name]}: nullable`);
    if (isOwnAddition && !field.type.endsWith('Connection')) {
      complain(field, `${path}: to another's entity a service adds only lists of its own aggregates`);
    }
    if (isForeign(field.type, service) && field.isNonNull && !field.isList) {
      complain(field, `${path}: ${field.type} is answered by ${owners[field.type]}: nullable`);
    }
  }
};

const ofEveryAggregate = ['id', 'number', 'version', 'createdAt', 'availableActions', 'history'];

/** What has a version is an aggregate, and all aggregates are read alike. */
export const aggregateFields: SchemaRule = (type, complain, { service }) => {
  const isAggregate = hasDirective(type, 'key') && !isForeign(type.name, service) && has(type, 'version');
  if (!isAggregate) return;
  const missing = ofEveryAggregate.filter((name) => !has(type, name));
  if (missing.length > 0) complain(type, `${type.name} is an aggregate without ${missing.join(', ')}`);
};

/** `household { id }` has the id already. */
export const noIdBesideObject: SchemaRule = (type, complain) => {
  if (type.kind !== 'object' || rootTypes.has(type.name)) return;
  for (const field of type.fields) {
    const object = field.name.replace(/Id$/, '');
    if (object !== field.name && has(type, object)) {
      complain(field, `${type.name}.${field.name} stands beside ${object} { id }`);
    }
  }
};

/** The company comes from the caller's identity and is never said; its own record is read and changed by name. */
export const noCompany: SchemaRule = (type, complain) => {
  const answersCompany = type.name === 'Query' || type.name.endsWith('Payload');
  for (const { field, path } of fieldsAndArguments(type)) {
    const names = /^(tenant|company)Id$/.test(field.name) || (/^(tenant|company)$/.test(field.name) && !answersCompany);
    if (names) complain(field, `${path}: the company comes from identity`);
  }
};

function has(type: SchemaType, name: string): boolean {
  return type.fields.some((field) => field.name === name);
}
