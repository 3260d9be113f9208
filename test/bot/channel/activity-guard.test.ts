import assert from 'node:assert/strict';
import { admitActivity, type ActivityRules } from '../../../bot/channel/activity-guard.ts';

const person = '11111111-1111-4111-8111-111111111111';
const tenant = 'bbbbbbbb-0000-4000-8000-00000000000b';
const otherTenant = 'cccccccc-0000-4000-8000-00000000000c';
const rules: ActivityRules = {
  serviceHosts: { hosts: ['smba.trafficmanager.net'], loopback: false },
  allowedTenants: [tenant],
};
const message = {
  type: 'message',
  id: '1',
  text: 'remove contoso',
  timestamp: '2026-06-15T10:00:00.000Z',
  channelId: 'msteams',
  serviceUrl: 'https://smba.trafficmanager.net/amer/',
  from: { id: '29:ada', name: 'Ada', aadObjectId: person },
  recipient: { id: '28:bot', name: 'Bot' },
  conversation: { id: 'a:1', conversationType: 'personal', tenantId: tenant },
  channelData: { tenant: { id: tenant } },
};
const withTenants = (inConversation: unknown, inChannelData: unknown): object => ({
  ...message,
  conversation: { ...message.conversation, tenantId: inConversation },
  channelData: { tenant: { id: inChannelData } },
});

describe('an activity', () => {
  it('from Teams is let through as it is', () => {
    const admission = admitActivity(message, rules);

    assert.ok(admission.kind === 'admitted');
    assert.deepEqual(admission.activity, { ...message, timestamp: new Date('2026-06-15T10:00:00.000Z') });
  });

  it('names its sender in lower case', () => {
    const admission = admitActivity(
      { ...message, from: { ...message.from, aadObjectId: person.toUpperCase() } },
      rules,
    );

    assert.ok(admission.kind === 'admitted');
    assert.equal(admission.activity.from.aadObjectId, person);
  });

  it('has no date that is none', () => {
    const admission = admitActivity({ ...message, timestamp: 'not-a-date', localTimestamp: 5 }, rules);

    assert.ok(admission.kind === 'admitted');
    assert.equal(admission.activity.timestamp, undefined);
    assert.equal(admission.activity.localTimestamp, undefined);
  });

  const admitted: [what: string, body: object, rules?: ActivityRules][] = [
    ['that names the tenant once', withTenants(tenant, undefined)],
    ['that names the tenant in the other place', withTenants(null, tenant.toUpperCase())],
    ['that has no channel data', { ...message, channelData: undefined }],
    ['without a text', { ...message, text: undefined, type: 'installationUpdate', action: 'add' }],
    [
      'of any tenant, where none is asked for',
      withTenants(otherTenant, otherTenant),
      { serviceHosts: rules.serviceHosts },
    ],
    ['of no tenant, where none is asked for', withTenants(undefined, undefined), { serviceHosts: rules.serviceHosts }],
    ['of an unknown type', { ...message, type: 'somethingNew' }],
    ['with a value of any kind', { ...message, type: 'invoke', name: 'adaptiveCard/action', value: [5] }],
  ];
  for (const [what, body, applied = rules] of admitted) {
    it(`${what} is let through`, () => {
      assert.equal(admitActivity(body, applied).kind, 'admitted');
    });
  }

  const refused: [what: string, status: 400 | 403, body: unknown, rules?: ActivityRules][] = [
    ['that is nothing', 400, null],
    ['that is a list', 400, [message]],
    ['that is a text', 400, 'message'],
    ['that is a number', 400, 5],
    ['that is empty', 400, {}],
    ['without a type', 400, { ...message, type: undefined }],
    ['of an empty type', 400, { ...message, type: '' }],
    ['whose type is a list', 400, { ...message, type: ['message'] }],
    ['whose text is a number', 400, { ...message, text: 5 }],
    ['whose name is an object', 400, { ...message, name: { toString: 'x' } }],
    ['whose language is a list', 400, { ...message, locale: ['en'] }],
    ['without a channel', 403, { ...message, channelId: undefined }],
    ['of an empty channel', 403, { ...message, channelId: '' }],
    ['of a channel that is an object', 403, { ...message, channelId: { id: 'msteams' } }],
    ['of Direct Line', 403, { ...message, channelId: 'directline' }],
    ['of Web Chat', 403, { ...message, channelId: 'webchat' }],
    ['of the emulator', 403, { ...message, channelId: 'emulator' }],
    ['of an app service', 403, { ...message, channelId: 'AseChannel' }],
    ['of Teams in capitals', 403, { ...message, channelId: 'MSTeams' }],
    ['without an address for the answer', 403, { ...message, serviceUrl: undefined }],
    ['with an empty address for the answer', 403, { ...message, serviceUrl: '' }],
    ['to be answered without TLS', 403, { ...message, serviceUrl: 'http://smba.trafficmanager.net/amer/' }],
    ['to be answered elsewhere', 403, { ...message, serviceUrl: 'https://smba.trafficmanager.net@evil.example/' }],
    ['from nobody', 403, { ...message, from: undefined }],
    ['from somebody without an object id', 403, { ...message, from: { id: '29:ada' } }],
    ['from somebody whose object id is none', 403, { ...message, from: { id: '29:ada', aadObjectId: 'ada' } }],
    ['from somebody whose object id is a list', 403, { ...message, from: { id: '29:ada', aadObjectId: [person] } }],
    ['without a conversation', 403, { ...message, conversation: undefined }],
    ['of a conversation without an id', 403, { ...message, conversation: { tenantId: tenant } }],
    ['of a conversation whose id is an object', 403, { ...message, conversation: { id: {}, tenantId: tenant } }],
    ['of another tenant', 403, withTenants(otherTenant, otherTenant)],
    ['of a tenant in the conversation only, and another one', 403, withTenants(otherTenant, undefined)],
    ['of two tenants, the first of them allowed', 403, withTenants(tenant, otherTenant)],
    ['of two tenants, the second of them allowed', 403, withTenants(otherTenant, tenant)],
    [
      'of two tenants, where none is asked for',
      403,
      withTenants(otherTenant, tenant),
      { serviceHosts: rules.serviceHosts },
    ],
    ['of no tenant', 403, withTenants(undefined, null)],
    ['of a tenant that is an object', 403, withTenants({ id: tenant }, undefined)],
    ['whose channel data is a text', 403, { ...message, channelData: tenant }],
  ];
  for (const [what, status, body, applied = rules] of refused) {
    it(`${what} is refused with ${status}`, () => {
      const admission = admitActivity(body, applied);

      assert.ok(admission.kind === 'refused');
      assert.equal(admission.status, status);
    });
  }
});
