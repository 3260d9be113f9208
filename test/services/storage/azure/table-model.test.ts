import { TableModel } from '../../../support/table-model.ts';
import { tablesContract } from './tables-contract.ts';

tablesContract('the model of a table', async () => new TableModel());
