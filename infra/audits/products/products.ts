import { readFileSync } from 'node:fs';

import type { AccessPolicy } from '@steward/auth';
import type { ServiceDefinition } from '@steward/service-kit';

type Product = { id: string; sku: string; package: string; variation: { id: string } };
type Key = Partial<Omit<Product, 'variation'>> & { variation?: { id: string } };
type User = { email: string; totalProductsCreated?: number; yearsOfEmployment?: number };

const user: User = { email: 'support@apollographql.com', totalProductsCreated: 1337 };
const details = {
  dimensions: { size: 'small', weight: 1, unit: 'kg' },
  createdBy: user,
  notes: 'a note',
};
const federationStudy = { study: { caseNumber: '1234', description: 'Federation Study' }, outcome: null };
const studioStudy = { study: { caseNumber: '1235', description: 'Studio Study' }, outcome: null };

const products = [
  {
    id: 'apollo-federation',
    sku: 'federation',
    package: '@apollo/federation',
    variation: { id: 'OSS' },
    research: [federationStudy],
    ...details,
  },
  {
    id: 'apollo-studio',
    sku: 'studio',
    package: '',
    variation: { id: 'platform' },
    research: [studioStudy],
    ...details,
  },
];
const deprecated = {
  sku: 'apollo-federation-v1',
  package: '@apollo/federation-v1',
  reason: 'Migrate to Federation V2',
  createdBy: user,
};

const productBy = (key: Key) =>
  products.find(
    (product) =>
      product.id === key.id ||
      (product.sku === key.sku && (product.package === key.package || product.variation.id === key.variation?.id)),
  ) ?? null;

const deprecatedBy = (key: Key) =>
  key.sku === deprecated.sku && key.package === deprecated.package ? deprecated : null;

const resolvers = {
  Query: {
    product: (_source: unknown, key: Key) => productBy(key),
    deprecatedProduct: (_source: unknown, key: Key) => deprecatedBy(key),
  },
  Product: { __resolveReference: productBy },
  DeprecatedProduct: { __resolveReference: deprecatedBy },
  ProductResearch: {
    __resolveReference: ({ study }: { study: { caseNumber: string } }) =>
      [federationStudy, studioStudy].find((each) => each.study.caseNumber === study.caseNumber) ?? null,
  },
  User: {
    __resolveReference: ({ email, ...given }: User) => (email === user.email ? { ...user, ...given } : null),
    name: () => 'Jane Smith',
    averageProductsCreatedPerYear: ({ totalProductsCreated = 0, yearsOfEmployment }: User) =>
      yearsOfEmployment === undefined ? null : Math.round(totalProductsCreated / yearsOfEmployment),
    yearsOfEmployment: ({ yearsOfEmployment }: User) => yearsOfEmployment,
  },
  Inventory: {
    __resolveReference: ({ id }: { id: string }) => ({ id }),
    deprecatedProducts: () => [deprecated],
  },
};

const access: AccessPolicy = {
  'Query.product': 'authenticated',
  'Query.deprecatedProduct': 'authenticated',
  Product: 'authenticated',
  DeprecatedProduct: 'authenticated',
  ProductResearch: 'authenticated',
  User: 'authenticated',
  Inventory: 'authenticated',
  ProductVariation: 'inherit',
  ProductDimension: 'inherit',
  CaseStudy: 'inherit',
};

/** The products subgraph of the compatibility suite as a service of the kit; its data is what the suite asks for. */
export const productsService: ServiceDefinition = {
  name: 'products',
  schema: readFileSync(new URL('schema.graphql', import.meta.url), 'utf8'),
  resolvers,
  access,
  subjects: {},
  aggregates: [],
  entities: [],
  migrations: [],
  handlers: [],
  timers: {},
  loaders: () => ({}),
  labels: { en: {}, 'zh-CN': {} },
  policies: [],
  filePurposes: {},
  householdsOf: async () => [],
  zonesOf: async () => new Map(),
};
