import { newId } from '@steward/core';

import { writeTemplate } from '../../export/property-register/write-template.ts';
import type { TableKind } from '../import-kind.ts';
import { communityByCode } from '../property-register/community.ts';
import { readTable } from '../property-register/read-table.ts';
import { importRegister } from '../property-register/register-importer.ts';
import { registerReader, type RegisterRow } from '../property-register/register-row.ts';
import { textOf } from '../texts.ts';

/** The property tree and the register of households, one row for each unit, household and member. */
export const kind: TableKind = {
  description: 'property tree and register of households (CSV or XLSX)',
  writeTemplate,
  open: async (path, { community, locale }) => {
    const table = await readTable(path);
    const reader = registerReader(table);
    return {
      ignoredColumns: reader.ignoredColumns,
      run: async (report, client) => {
        const communityId = client === null ? '' : await communityByCode(client, community);
        const ready: RegisterRow[] = [];
        for (const record of table.rows) {
          report.read();
          const row = reader.read(record);
          const { row: number, line, path: key } = row;
          if ('places' in row) {
            report.ready();
            ready.push(row);
            continue;
          }
          const message = row.problems.map(({ key: text, params }) => textOf(locale, text, params)).join(' ');
          report.settle({ row: number, line, key }, { outcome: 'failed', reason: row.reason, message });
        }
        if (client === null) return;
        const outcomes = await importRegister(client, { communityId, runId: newId() }, ready);
        ready.forEach(({ row, line, path: key }, index) => {
          const outcome = outcomes[index];
          if (outcome !== undefined) report.settle({ row, line, key }, outcome);
        });
      },
    };
  },
};
