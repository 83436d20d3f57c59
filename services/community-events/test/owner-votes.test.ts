import type { Viewer } from '@steward/auth';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestService } from '@steward/test-kit';

import { anEstate, refusals, run, startCommunityEvents, type Estate } from './activities-fixture.ts';

let service: TestService;
let estate: Estate;

beforeAll(async () => {
  service = await startCommunityEvents();
  estate = await anEstate(service);
});
afterAll(() => service?.stop());

type Vote = { id: string; status: string; castCount: number };
const act = async (viewer: Viewer, name: string, input: object, selection = 'id status castCount'): Promise<Vote> =>
  (await run<{ ownerVote: Vote }>(service, viewer, name, input, `ownerVote { ${selection} }`)).ownerVote;

/** Units with areas for the households of the company, as if residents had told of them. */
async function areas(of: Estate, areaM2: string): Promise<void> {
  await service.sql(
    `insert into place_reference (id, tenant_id, community_id, kind, path, area_m2)
     select u.unit_id, u.tenant_id, h.community_id, 'UNIT', u.unit_id::text, $2
       from household_unit u join household_reference h on h.id = u.household_id where h.community_id = $1
     on conflict (id) do nothing`,
    [of.communityId, areaM2],
  );
}

/** Many more owners, each with a unit. */
async function crowd(of: Estate, count: number): Promise<void> {
  await service.sql(
    `with made as (
       select gen_random_uuid() as household, gen_random_uuid() as unit, n from generate_series(1, $3::int) n),
     households as (
       insert into household_reference (id, tenant_id, community_id) select household, $1, $2 from made),
     units as (
       insert into place_reference (id, tenant_id, community_id, kind, path, area_m2)
       select unit, $1, $2, 'UNIT', 'C/' || n, 50 + (n % 97) * 0.37 from made)
     insert into household_unit (id, tenant_id, household_id, unit_id, tenure, valid_from)
     select gen_random_uuid(), $1, household, unit, 'OWNED', '2020-01-01' from made`,
    [of.tenantId, of.communityId, count],
  );
}

const inDays = async (days: number): Promise<string> =>
  new Date((await service.now()).getTime() + days * 86_400_000).toISOString();

async function opened(of: Estate, over: object = {}): Promise<string> {
  const draft = {
    communityId: of.communityId,
    matter: 'MANAGER_APPOINTMENT',
    title: '续聘物业',
    proposal: '续聘三年',
    ...over,
  };
  const { id } = await act(of.director, 'draftOwnerVote', draft);
  await act(of.director, 'openOwnerVote', { id, closesAt: await inDays(7) });
  return id;
}

const cast = async (viewer: Viewer, voteId: string, choice: string): Promise<string> =>
  (await run<{ receipt: string }>(service, viewer, 'castBallot', { voteId, choice }, 'receipt ownerVote { id }'))
    .receipt;

describe('a vote of the owners', () => {
  it('[Civil Code 278] settles who may vote when it opens, and is open for a week', async () => {
    await areas(estate, '88.50');
    const draft = { communityId: estate.communityId, matter: 'REBUILDING', title: '改建', proposal: '加装电梯' };
    const { id } = await act(estate.clerk, 'draftOwnerVote', draft);
    const short = { id, closesAt: new Date(Date.parse(await inDays(7)) - 1000).toISOString() };
    expect(await refusals(service, estate.director, 'openOwnerVote', short, 'ownerVote')).toEqual([
      'input.closesAt VOTE_TOO_SHORT',
    ]);
    expect(
      await act(
        estate.director,
        'openOwnerVote',
        { id, closesAt: await inDays(7) },
        'isSpecial isSecret electors { owners areaM2 }',
      ),
    ).toEqual({ isSpecial: true, isSecret: true, electors: { owners: 2, areaM2: '177.00' } });
  });

  it('takes each owner’s ballot once, gives a receipt, and says nothing of who voted how', async () => {
    const id = await opened(estate);
    const receipt = await cast(estate.resident, id, 'FOR');
    const again = { voteId: id, choice: 'AGAINST' };
    expect(await refusals(service, estate.resident, 'castBallot', again, 'ownerVote')).toEqual(['VOTED_ALREADY']);
    const [ballot] = await service.sql<Record<string, unknown>>('select * from vote_ballot where vote_id = $1', [id]);
    expect(ballot).toMatchObject({ household_id: null, id: expect.stringMatching(/^.{14}4/) });
    expect(Object.keys(ballot ?? {}).filter((name) => name.endsWith('_at'))).toEqual([]);
    const query =
      'query ($id: ID!, $r: String!) { ballotOfReceipt(voteId: $id, receipt: $r) ownerVote(id: $id) { castCount isVoted tally { isPassed } } }';
    expect(await service.ok(estate.resident, query, { id, r: receipt })).toEqual({
      ballotOfReceipt: 'FOR',
      ownerVote: { castCount: 1, isVoted: true, tally: null },
    });
    expect(await service.ok(estate.neighbour, query, { id, r: 'x' })).toMatchObject({ ballotOfReceipt: null });
    expect((await service.events()).filter(({ aggregateId }) => aggregateId === id)).toHaveLength(2);
    expect(await refusals(service, estate.director, 'countOwnerVote', { id }, 'ownerVote')).toEqual(['VOTE_RUNNING']);
  });

  it('takes a ballot from somebody else only with the power of attorney', async () => {
    const id = await opened(estate);
    const [household] = await service.sql<{ id: string }>(
      'select household_id as id from household_member where person_id = $1',
      [estate.neighbour.personId],
    );
    const ballot = { voteId: id, householdId: household?.id, choice: 'FOR' };
    expect(await refusals(service, estate.clerk, 'castBallot', ballot, 'ownerVote')).toEqual([
      'input.proxyFileId PROXY_REQUIRED',
    ]);
    // Nobody votes for their neighbours in the app.
    expect(await refusals(service, estate.resident, 'castBallot', ballot, 'ownerVote')).toEqual(['NOT_FOUND']);
    const unnamed = { ...ballot, householdId: null };
    expect(await refusals(service, estate.clerk, 'castBallot', unnamed, 'ownerVote')).toEqual(['NOT_FOUND']);
  });

  it('of 5,000 owners is counted, and counted again; an altered ballot is found', async () => {
    const company = await anEstate(service);
    await areas(company, '60.00');
    await crowd(company, 4998);
    const id = await opened(company);
    // As many ballots as are needed, two thirds of the owners and of the area and a few more.
    await service.sql(
      `with electors as (
         update vote_elector set has_voted = true where vote_id = $1 and household_id in (
           select household_id from vote_elector where vote_id = $1 order by household_id limit 3500)
         returning tenant_id, household_id, area_m2)
       insert into vote_ballot (id, tenant_id, vote_id, choice, area_m2, receipt_sha256)
       select gen_random_uuid(), tenant_id, $1, case when row_number() over (order by household_id) <= 1900 then 'FOR' else 'AGAINST' end,
              area_m2, encode(sha256(household_id::text::bytea), 'hex') from electors`,
      [id],
    );
    await service.move({ advance: 'P7D' });
    const late = { voteId: id, choice: 'FOR' };
    expect(await refusals(service, company.resident, 'castBallot', late, 'ownerVote')).toEqual(['VOTE_CLOSED']);
    const tally = 'tally { electors { owners } cast { owners } for { owners } isQuorate isPassed } ballotsSha256';
    const counted = await act(company.director, 'countOwnerVote', { id }, tally);
    expect(counted).toMatchObject({
      tally: {
        electors: { owners: 5000 },
        cast: { owners: 3500 },
        for: { owners: 1900 },
        isQuorate: true,
        isPassed: true,
      },
    });
    const recount = `query ($id: ID!) { ownerVoteRecount(id: $id) { isSame tally { for { owners areaM2 } } ballotsSha256 } }`;
    const first = await service.ok<{ ownerVoteRecount: { isSame: boolean; ballotsSha256: string } }>(
      company.director,
      recount,
      { id },
    );
    expect(first.ownerVoteRecount).toMatchObject({
      isSame: true,
      ballotsSha256: (counted as unknown as { ballotsSha256: string }).ballotsSha256,
    });
    // Somebody with the keys of the database turns one ballot round.
    await service.sql(
      `update vote_ballot set choice = 'FOR' where id = (select id from vote_ballot where vote_id = $1 and choice = 'AGAINST' order by id limit 1)`,
      [id],
    );
    const second = await service.ok<{ ownerVoteRecount: object }>(company.director, recount, { id });
    expect(second.ownerVoteRecount).toMatchObject({ isSame: false, tally: { for: { owners: 1901 } } });
  });
});
