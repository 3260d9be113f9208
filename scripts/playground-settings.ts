import { CHAT_BOT_ID, CHAT_BOT_NAME, CHAT_TENANT_ID, type Person } from '../sandbox/chat/chat.ts';

/** Its schema wants five others; nobody of them is here. */
const OTHERS = 5;

/**
 * What the Agents Playground is told of the tenant, in the file that it reads. By itself it uses object ids that are no
 * GUIDs, which the bot refuses. It has one persona: whoever sits in front of it.
 *
 * @see "Microsoft 365 Agents Playground", customise the configuration
 */
export const playgroundSettings = ({ id, name, aadObjectId }: Person): string => `version: "0.1.1"
tenantId: ${CHAT_TENANT_ID}
bot:
  id: ${CHAT_BOT_ID}
  name: ${CHAT_BOT_NAME}
currentUser:
${userOf({ id, name, aadObjectId }, '  ')}
users:
${Array.from({ length: OTHERS }, (_, index) =>
  userOf(
    { id: `29:other-${index}`, name: `Colleague ${index}`, aadObjectId: `00000000-0000-4000-8000-00000000000${index}` },
    '    ',
  ).replace('    id', '  - id'),
).join('\n')}
personalChat:
  id: a:1playground
groupChat:
  id: 19:playground@thread.v2
  name: Group
team:
  id: 19:team@thread.tacv2
  name: Team
  aadGroupId: 00000000-0000-4000-8000-0000000000ff
  channels:
    - id: 19:channel@thread.tacv2
      name: Announcements
`;

function userOf({ id, name, aadObjectId }: Pick<Person, 'id' | 'name' | 'aadObjectId'>, indent: string): string {
  const [givenName = name, surname = name] = name.split(' ');
  const mail = `${givenName.toLowerCase()}@partner.example`;
  const lines = { id, name, userPrincipleName: mail, aadObjectId, givenName, surname, email: mail };
  return Object.entries(lines)
    .map(([key, value]) => `${indent}${key}: ${JSON.stringify(value)}`)
    .join('\n');
}
