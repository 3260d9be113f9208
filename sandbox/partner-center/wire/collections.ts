import type { Json, JsonObject } from '../json.ts';

export const link = (uri: string): JsonObject => ({ uri, method: 'GET', headers: [] });

/** A collection: `totalCount` counts this page, not everything there is. */
export const collection = (items: readonly Json[], links?: JsonObject): JsonObject => ({
  totalCount: items.length,
  items,
  ...(links && { links }),
  attributes: { objectType: 'Collection' },
});
