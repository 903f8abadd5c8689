import type { WorkloadId } from '../vocabulary';
import { WORKLOADS } from '../vocabulary';

/** What Gateway writes for a workload besides its id: names and usual short forms, folded by `fold`. */
const NAMES: Readonly<Record<WorkloadId, readonly string[]>> = {
  'exchange-online': ['exchange', 'exchange online', 'exo', 'outlook', 'exchange mail'],
  'sharepoint-online': ['sharepoint', 'sharepoint online', 'spo', 'sp online'],
  onedrive: ['onedrive for business', 'one drive', 'one drive for business', 'odb', 'od4b', 'odfb'],
  teams: ['microsoft teams', 'ms teams', 'msft teams'],
  intune: ['microsoft intune', 'ms intune', 'endpoint manager', 'mem'],
  'm365-apps': [
    'm365 apps',
    'microsoft 365 apps',
    'microsoft 365 apps for enterprise',
    'm365 apps for enterprise',
    'office 365 proplus',
    'o365 proplus',
    'office proplus',
    'office apps',
    'office',
    'm365a',
    'mapps',
  ],
  'entra-id-p1': [
    'entra id p1',
    'entra id',
    'entra',
    'microsoft entra id',
    'microsoft entra id p1',
    'azure ad',
    'azure active directory',
    'azure active directory premium',
    'azure ad premium',
    'azure ad premium p1',
    'azure ad p1',
    'aad',
    'aad p1',
    'aadp',
    'aadp1',
  ],
  'viva-engage': ['viva engage', 'microsoft viva engage', 'engage', 'yammer', 've'],
  'defender-for-office-365': [
    'defender for office 365',
    'microsoft defender for office 365',
    'defender for o365',
    'defender for office',
    'mdo',
    'mdo365',
    'office 365 atp',
    'o365 atp',
  ],
  'purview-information-protection': [
    'purview information protection',
    'microsoft purview information protection',
    'purview',
    'information protection',
    'microsoft information protection',
    'azure information protection',
    'mip',
    'mpip',
    'pip',
    'aip',
  ],
};

/** Case, hyphens, underscores and runs of blanks make no difference in a name. */
const fold = (text: string): string =>
  text
    .normalize('NFKC')
    .toLowerCase()
    .replace(/[\s_-]+/g, ' ')
    .trim();

const BY_NAME: ReadonlyMap<string, WorkloadId> = new Map(
  WORKLOADS.flatMap((id) => [id, ...NAMES[id]].map((name) => [fold(name), id] as const)),
);

/** @returns the workload that a cell of a Gateway file means (id, name or short form), or undefined. */
export function workloadFromName(text: string): WorkloadId | undefined {
  return BY_NAME.get(fold(text));
}
