import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { CliContext } from './cli-context';
import { print } from './cli-context';
import { writeFileWhole } from './output';

const NO_APP = '00000000-0000-0000-0000-000000000000';

/** Writes the Teams app package and prints where. */
export async function runPackage(context: CliContext, out: string): Promise<number> {
  const { appId, version, folder } = context.packageSettings();
  if (appId === undefined) {
    const warning = `MicrosoftAppId is not set: the package carries ${NO_APP} and cannot be installed in Teams.`;
    await print(context.stderr, warning);
  }
  const { packageApp } = await import('./package-app');
  const zip = await packageApp({ appId: appId ?? NO_APP, version, folder });
  await mkdir(dirname(out), { recursive: true });
  await writeFileWhole(out, async (file) => {
    await new Promise<void>((done, failed) => {
      file.write(zip, (error) => (error ? failed(error) : done()));
    });
  });
  await print(context.stdout, out);
  return 0;
}
