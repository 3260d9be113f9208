import { randomBytes } from 'node:crypto';
import { openAzureStore } from '../../../../services/storage/azure/azure-store.ts';
import { dataTables } from '../../../../services/storage/azure/data-tables.ts';
import type { Tables } from '../../../../services/storage/azure/tables.ts';
import { startAzurite, type Azurite } from '../../../support/azurite.ts';
import { storeContract } from '../../../support/store-contract.ts';
import { tablesContract } from './tables-contract.ts';

describe('with Azurite', () => {
  let azurite: Azurite;
  before(async function () {
    this.timeout(120_000);
    azurite = await startAzurite();
  });
  after(() => azurite.stop());

  /** Many processes of tests may be busy at the same time: an answer may take longer than Azure's. */
  const newTable = (): Tables =>
    dataTables({ account: azurite.account, table: `t${randomBytes(8).toString('hex')}`, callMs: 20_000 });

  tablesContract('a table of Azurite', async () => newTable());
  storeContract('a store in Azurite', async ({ boot }) => openAzureStore({ boot, tables: newTable() }), {
    isShared: true,
  });
});
