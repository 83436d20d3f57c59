import type { Viewer } from '@steward/auth';
import { newId } from '@steward/core';
import { aStaffViewer, type TestService } from '@steward/test-kit';

export const tenantId = newId();
export const communityId = newId();
export const worker = aStaffViewer({ roles: ['maintenance'], tenantId, communityIds: [communityId] });
export const supervisor = aStaffViewer({ roles: ['supervisor'], tenantId, communityIds: [communityId] });

const lampFields =
  'id number version watts ownerName secretWatts deadlines { kind state dueAt breachedAt pausedForSeconds }';

export type Lamp = {
  id: string;
  number: string;
  version: number;
  watts: number;
  ownerName: string;
  secretWatts: number | null;
  deadlines: { kind: string; state: string; dueAt: string; breachedAt: string | null; pausedForSeconds: number }[];
};

export const lightLamp = `mutation($input: LightLampInput!) { lightLamp(input: $input) { lamp { ${lampFields} } } }`;
export const setLampPolicy = `mutation($input: SetLampPolicyInput!) { setLampPolicy(input: $input) { id } }`;
export const stepOf = (name: string): string =>
  `mutation($input: StepInput!) { ${name}(input: $input) { lamp { ${lampFields} } } }`;

/** What tests do with the lamps of a running sample service. */
export const lampsOf = (service: TestService) => ({
  light: async (input: object = {}): Promise<Lamp> => {
    const complete = { communityId, watts: 60, ownerName: '王小明', ...input };
    return (await service.ok<{ lightLamp: { lamp: Lamp } }>(worker, lightLamp, { input: complete })).lightLamp.lamp;
  },
  run: async (name: string, input: object): Promise<Lamp> => {
    const data = await service.ok<Record<string, { lamp: Lamp }>>(worker, stepOf(name), { input });
    return data[name]?.lamp as Lamp;
  },
  see: (id: string, viewer: Viewer = worker) =>
    service.graphql<{ lamp: Lamp | null }>(viewer, `query($id: ID!) { lamp(id: $id) { ${lampFields} } }`, { id }),
});
