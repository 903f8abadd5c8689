import { workloadFromName } from '../../../src/domain/gateway/workload-names';
import { WORKLOADS } from '../../../src/domain/vocabulary';

test.each(WORKLOADS)('the id %s is a name of its workload, however it is written', (id) => {
  expect([id, id.toUpperCase(), ` ${id.replaceAll('-', ' ')} `, id.replaceAll('-', '_')].map(workloadFromName)).toEqual(
    Array(4).fill(id),
  );
});

test.each([
  ['EXO', 'exchange-online'],
  ['SPO', 'sharepoint-online'],
  ['ODB', 'onedrive'],
  ['OneDrive for Business', 'onedrive'],
  ['Microsoft Teams', 'teams'],
  ['Microsoft Intune', 'intune'],
  ['Microsoft 365 Apps', 'm365-apps'],
  ['Office 365 ProPlus', 'm365-apps'],
  ['AAD', 'entra-id-p1'],
  ['Azure AD Premium P1', 'entra-id-p1'],
  ['Yammer', 'viva-engage'],
  ['MDO', 'defender-for-office-365'],
  ['Microsoft Defender for Office 365', 'defender-for-office-365'],
  ['MIP', 'purview-information-protection'],
  ['ＥＸＯ', 'exchange-online'],
])('%s means %s', (name, id) => {
  expect(workloadFromName(name)).toBe(id);
});

test.each(['', 'Skype', 'constructor', '__proto__', 'teams2', 'exo spo'])('%j is no workload', (name) => {
  expect(workloadFromName(name)).toBeUndefined();
});
