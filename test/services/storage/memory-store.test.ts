import { createMemoryStore } from '../../../services/storage/memory-store.ts';
import { storeContract } from '../../support/store-contract.ts';

storeContract('the memory store', async (options) => createMemoryStore(options));
