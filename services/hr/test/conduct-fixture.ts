import type { Viewer } from '@steward/auth';
import type { TestService } from '@steward/test-kit';

import type { StaffRole } from '../src/graphql/generated.ts';
import { act, aNewcomer, refusal, viewerOf, type Centre } from './duty-fixture.ts';

/** Somebody with a staff id of their own who does something, and the viewer they are. */
export type Actor = { id: string; viewer: Viewer };

const roles = { CLERK: 'clerk', SUPERVISOR: 'supervisor', DIRECTOR: 'director', MAINTENANCE: 'maintenance' } as const;

export async function anActor(
  service: TestService,
  centre: Centre,
  role: keyof typeof roles & StaffRole,
  overrides: Parameters<typeof aNewcomer>[3] = {},
): Promise<Actor> {
  const id = await aNewcomer(service, centre, role, overrides);
  return { id, viewer: viewerOf(centre, roles[role], id) };
}

/** A day of the community's calendar so many days from now. */
export const dayFromNow = async (service: TestService, days: number): Promise<string> =>
  new Date((await service.now()).getTime() + 8 * 3_600_000 + days * 86_400_000).toISOString().slice(0, 10);

/** The instant at which a day of the community begins. */
export const midnightOf = (day: string): Date => new Date(Date.parse(`${day}T00:00:00.000+08:00`));

/** Mutations of one aggregate with the reasons of what they refuse. */
export const mutationsOf = (service: () => TestService, noun: string) => ({
  act: <T = { id: string }>(viewer: Viewer, name: string, input: object, selection = 'id'): Promise<T> =>
    act<T>(service(), viewer, name, noun, input, selection),
  refused: async (viewer: Viewer, name: string, input: object): Promise<string> => {
    const { reason, code } = await refusal(service(), viewer, name, noun, input);
    return code === 'FORBIDDEN' && reason === 'ACCESS_DENIED' ? code : reason;
  },
  violations: async (viewer: Viewer, name: string, input: object): Promise<string[]> =>
    (await refusal(service(), viewer, name, noun, input)).violations.map(({ reason }) => reason),
});

/** What of a kind has been told to whom, newest last. */
export async function told(service: TestService, template: string, aggregateId: string): Promise<object[]> {
  return service.sql(
    `select role, department_code as "departmentCode", staff_id as "staffId" from notification
      where template = $1 and aggregate_id = $2 order by created_at, id`,
    [template, aggregateId],
  );
}

/** Puts the smallest picture that passes for one where `createStaffCheckUpload` says; answers its file. */
export async function anUploadedPhoto(service: TestService, { communityId }: Centre, viewer: Viewer): Promise<string> {
  const document = `mutation ($input: CreateStaffCheckUploadInput!) {
    createStaffCheckUpload(input: $input) { upload { fileId uploadUrl } } }`;
  const body = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3, 4]);
  const input = { communityId, fileName: '仪容.jpg', contentType: 'image/jpeg', bytes: body.length };
  type Answer = { createStaffCheckUpload: { upload: { fileId: string; uploadUrl: string } } };
  const { upload } = (await service.ok<Answer>(viewer, document, { input })).createStaffCheckUpload;
  const headers = { 'content-type': 'image/jpeg' };
  const put = await fetch(`${service.url()}${upload.uploadUrl}`, { method: 'PUT', body, headers });
  if (!put.ok) throw new Error(`the upload was refused: ${put.status}`);
  return upload.fileId;
}
