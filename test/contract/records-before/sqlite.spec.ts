import { loadSqlite } from '../../support/records-before/sqlite-rows.js';
import { readRecords } from '../../support/service/service-records.js';
import { describeRecordsBefore } from './records-before.contract.js';

describe('SQLite', () => {
  describeRecordsBefore('sqlite', async (dataDir, recording, rows) => {
    loadSqlite(dataDir, recording, rows);
    return {
      settings: {},
      rowsOf: async (id) => readRecords(dataDir, (records) => records.rowsOf(id)),
      imageUrls: async (id) =>
        readRecords(dataDir, (records) => records.images(id).flatMap(({ url }) => url ?? [])),
      close: async () => undefined,
    };
  });
});
