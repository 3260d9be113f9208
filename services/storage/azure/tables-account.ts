/** The account that tables are in. Without a key an identity is asked for tokens. */
export interface TablesAccount {
  readonly name: string;
  /** Scheme, host, and the path that an emulator has. */
  readonly endpoint: string;
  /** The same of its queues; missing where it has none, as Cosmos DB. */
  readonly queueEndpoint?: string;
  readonly key?: string;
}

/** What Azurite is reached by where nothing else is said; the key is known to everybody. @see "Use the Azurite emulator" */
const EMULATOR =
  'DefaultEndpointsProtocol=http;AccountName=devstoreaccount1;AccountKey=Eby8vdM02xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==;TableEndpoint=http://127.0.0.1:10002/devstoreaccount1;QueueEndpoint=http://127.0.0.1:10001/devstoreaccount1';

/** @returns `undefined` for what is no connection string with an account and its key. */
export function accountOfConnectionString(text: string): TablesAccount | undefined {
  if (/^usedevelopmentstorage=true;?$/i.test(text)) return accountOfConnectionString(EMULATOR);
  const parts = new Map<string, string>();
  for (const part of text.split(';').filter((one) => one.trim() !== '')) {
    const at = part.indexOf('=');
    if (at < 1) return undefined;
    parts.set(part.slice(0, at).trim().toLowerCase(), part.slice(at + 1).trim());
  }
  const name = parts.get('accountname');
  const key = parts.get('accountkey');
  if (name === undefined || key === undefined || !/^[A-Za-z0-9+/]+={0,2}$/.test(key)) return undefined;
  const protocol = parts.get('defaultendpointsprotocol') ?? 'https';
  const endpoint =
    parts.get('tableendpoint') ?? `${protocol}://${name}.table.${parts.get('endpointsuffix') ?? 'core.windows.net'}`;
  const queueEndpoint = parts.get('queueendpoint');
  if (!URL.canParse(endpoint) || (queueEndpoint !== undefined && !URL.canParse(queueEndpoint))) return undefined;
  return { name, key, ...endpoints(endpoint, queueEndpoint) };
}

/** An account by its name, or by the address of its tables where that is another cloud's or Cosmos DB's. */
export function accountNamed(text: string): TablesAccount | undefined {
  if (/^[a-z0-9]{3,24}$/.test(text)) return { name: text, ...endpoints(`https://${text}.table.core.windows.net`) };
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const isOrigin = url.protocol === 'https:' && url.pathname === '/' && url.search === '' && url.hash === '';
  if (!isOrigin || url.username !== '' || url.password !== '') return undefined;
  return { name: url.hostname.split('.')[0] ?? '', ...endpoints(url.origin) };
}

/** A storage account has its queues beside its tables, in every cloud. @see "Storage account endpoints" */
function endpoints(tables: string, queues?: string): Pick<TablesAccount, 'endpoint' | 'queueEndpoint'> {
  const plain = (address: string): string => address.replace(/\/$/, '');
  const beside = /\.table\.(?=core\.|storage\.)/.test(tables) ? tables.replace('.table.', '.queue.') : undefined;
  const queueEndpoint = queues ?? beside;
  return { endpoint: plain(tables), ...(queueEndpoint !== undefined && { queueEndpoint: plain(queueEndpoint) }) };
}
