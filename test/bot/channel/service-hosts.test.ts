import assert from 'node:assert/strict';
import { isAllowedServiceUrl, TEAMS_HOSTS, type ServiceHosts } from '../../../bot/channel/service-hosts.ts';

const teams: ServiceHosts = { hosts: TEAMS_HOSTS, loopback: false };
const teamsAndHere: ServiceHosts = { hosts: TEAMS_HOSTS, loopback: true };
const listed: ServiceHosts = { hosts: ['chat.partner.example:8443', '127.0.0.1:5000'], loopback: false };

describe('a service URL', () => {
  const allowed: [url: string, hosts: ServiceHosts][] = [
    ['https://smba.trafficmanager.net/amer/', teams],
    ['https://smba.trafficmanager.net', teams],
    ['https://smba.trafficmanager.net:443/emea/', teams],
    ['https://SMBA.TrafficManager.net/teams/', teams],
    ['https://smba.infra.gcc.teams.microsoft.com/gcc/', teams],
    ['https://smba.infra.gov.teams.microsoft.us/gov/', teams],
    ['https://smba.infra.dod.teams.microsoft.us/dod/', teams],
    ['https://chat.partner.example:8443/', listed],
    ['http://127.0.0.1:5000/connector/', listed],
    ['http://127.0.0.1:61234/connector/', teamsAndHere],
    ['http://localhost:61234/', teamsAndHere],
    ['http://[::1]:61234/', teamsAndHere],
    ['https://127.0.0.1/', teamsAndHere],
  ];
  for (const [url, hosts] of allowed) {
    it(`may be ${url}`, () => {
      assert.equal(isAllowedServiceUrl(url, hosts), true);
    });
  }

  const refused: [why: string, url: string, hosts: ServiceHosts][] = [
    ['http, where it is not this machine', 'http://smba.trafficmanager.net/', teams],
    ['a host that only begins like Teams', 'https://smba.trafficmanager.net.evil.example/', teams],
    ['a host that only ends like Teams', 'https://evil-smba.trafficmanager.net/', teams],
    ['a part of a host', 'https://trafficmanager.net/', teams],
    ['a look-alike with a Cyrillic letter', 'https://smba.trafficmanаger.net/', teams],
    ['a spelling that a reader has to normalise', 'https://smba.trafficmanager。net/', teams],
    ['a user name in front of another host', 'https://smba.trafficmanager.net@evil.example/', teams],
    ['a user name in front of the right host', 'https://me@smba.trafficmanager.net/', teams],
    ['another port', 'https://smba.trafficmanager.net:8443/', teams],
    ['a listed host without its port', 'https://chat.partner.example/', listed],
    ['http for a listed host that is not this machine', 'http://chat.partner.example:8443/', listed],
    ['this machine, where it is not listed', 'http://127.0.0.1:5001/', listed],
    ['this machine, in front of Teams', 'https://127.0.0.1/', teams],
    ['a name that only begins like this machine', 'http://localhost.evil.example/', teamsAndHere],
    ['an address that only begins like this machine', 'http://127.0.0.1.evil.example/', teamsAndHere],
    ['a backslash', 'https:\\\\smba.trafficmanager.net/', teams],
    ['a space in front', ' https://smba.trafficmanager.net/', teams],
    ['a line break inside', 'https://smba.traffic\nmanager.net/', teams],
    ['a query, which would swallow the path', 'https://smba.trafficmanager.net/?a=', teams],
    ['a fragment', 'https://smba.trafficmanager.net/#', teams],
    ['another scheme', 'file:///etc/passwd', teamsAndHere],
    ['nothing', '', teamsAndHere],
    ['no address at all', 'smba.trafficmanager.net', teams],
    ['10 KB', `https://smba.trafficmanager.net/${'a'.repeat(10_000)}`, teams],
  ];
  for (const [why, url, hosts] of refused) {
    it(`is refused for ${why}`, () => {
      assert.equal(isAllowedServiceUrl(url, hosts), false);
    });
  }
});
