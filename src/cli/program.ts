import { Argument, Command, CommanderError, Option } from 'commander';
import type { CliContext } from './cli-context';
import { print } from './cli-context';
import { EVAL_KINDS, type EvalKindName, EXPORT_FORMATS, type ExportOptions } from './command-options';
import type { ReminderStatus } from '../domain/records';
import { REMINDER_STATUSES } from '../domain/records';
import { isClosedPipe, OperatorError } from './operator-error';

const EXPORT_HELP = `
json  the whole export as one object, a list per kind of record
csv   one table with a BOM for spreadsheets: "list" says which list a row belongs to; the rows of list "customers"
      have one line per workload under the column names of the Gateway CSV. Texts that a spreadsheet would run as a
      formula begin with an apostrophe.
xlsx  a workbook with a sheet per list`;

/** The operator's commands. Each loads what it needs when it runs, so that help and small commands start at once. */
function createProgram(context: CliContext, finish: (code: number) => void): Command {
  const program = new Command('fm-assistant')
    .description("The operator's commands of the FM assistant")
    .exitOverride()
    .configureOutput({ writeOut: (text) => context.stdout.write(text), writeErr: (text) => context.stderr.write(text) })
    .showHelpAfterError();
  program
    .command('import')
    .description('imports a Gateway CSV and prints the report; exit code 1 if a customer was rejected')
    .argument('<file>', 'the Gateway CSV, UTF-8')
    .action(async (file: string) => {
      finish(await (await import('./import-command')).runImport(context, file));
    });
  program
    .command('export')
    .description('writes everything that is kept')
    .addOption(new Option('--format <format>', 'of the output').choices(EXPORT_FORMATS).default('json'))
    .option('--customer <id>', 'this customer only')
    .option('--out <file>', 'write to this file instead of standard output; it appears when it is complete')
    .addHelpText('after', EXPORT_HELP)
    .action(async (options: ExportOptions) => {
      finish(await (await import('./export-command')).runExport(context, options));
    });
  program
    .command('eval')
    .description('answers each line of an evaluation file; the summary goes to standard error')
    .addArgument(new Argument('<kind>', 'of the file').choices(EVAL_KINDS))
    .argument('<file>', 'JSON Lines')
    .action(async (kind: EvalKindName, file: string) => {
      finish(await (await import('./eval-command')).runEval(context, kind, file));
    });
  addReminders(program, context, finish);
  addCopies(program, context, finish);
  addForgetting(program, context, finish);
  program
    .command('package')
    .description('writes the Teams app package')
    .option('--out <file>', 'the zip file', 'dist/fm-assistant.zip')
    .action(async ({ out }: { out: string }) => {
      finish(await (await import('./package-command')).runPackage(context, out));
    });
  return program;
}

function addCopies(program: Command, context: CliContext, finish: (code: number) => void): void {
  program
    .command('backup')
    .description('writes every stored row into a file; the bot may be running')
    .requiredOption('--out <file>', 'the file; it appears when it is complete, readable by you alone')
    .action(async ({ out }: { out: string }) => {
      finish(await (await import('./backup-command')).runBackup(context, out));
    });
  program
    .command('restore')
    .description('puts a backup back into empty storage; stop the bot before')
    .argument('<file>', 'as `backup` wrote it')
    .option('--replace', 'remove everything that is stored first')
    .action(async (file: string, { replace = false }: { replace?: boolean }) => {
      finish(await (await import('./restore-command')).runRestore(context, file, replace));
    });
}

function addForgetting(program: Command, context: CliContext, finish: (code: number) => void): void {
  program
    .command('forget-person')
    .description("removes a person's data; what they did stays in the customers' records, signed by nobody")
    .argument('<who>', 'address or Entra object id')
    .option('--name <name...>', 'what they are called in notes and reasons; replaced there, too')
    .option('--dry-run', 'only count')
    .action(async (who: string, options: { name?: string[]; dryRun?: boolean }) => {
      finish(await (await import('./forget-command')).runForget(context, who, options));
    });
}

function addReminders(program: Command, context: CliContext, finish: (code: number) => void): void {
  const reminders = program.command('reminders').description('what is due, what there is, and a dead one again');
  reminders
    .command('run')
    .description('one sweep, printed as what is due per FM; the running bot delivers it')
    .option('--at <instant>', 'as if it were this instant, ISO 8601')
    .option('--dry-run', 'only print')
    .action(async (options: { at?: string; dryRun?: boolean }) => {
      finish(await (await import('./reminders-command')).runSweep(context, options));
    });
  reminders
    .command('list')
    .description('the reminders as in the export')
    .addOption(new Option('--status <status>', 'only these').choices(REMINDER_STATUSES))
    .action(async (options: { status?: ReminderStatus }) => {
      finish(await (await import('./reminders-command')).listReminders(context, options));
    });
  reminders
    .command('retry')
    .description('schedules a dead reminder again, now')
    .argument('<id>', 'of the reminder, as listed')
    .action(async (id: string) => {
      finish(await (await import('./reminders-command')).retryReminder(context, id));
    });
}

/**
 * Runs one command line.
 * @param explain one sentence about an error whose cause is known, else undefined.
 * @returns the exit code: 0 done, 1 done in part or failed, 2 not understood.
 */
export async function runCommandLine(
  context: CliContext,
  args: readonly string[],
  explain: (error: unknown) => string | undefined,
): Promise<number> {
  let code = 0;
  try {
    const program = createProgram(context, (result) => {
      code = result;
    });
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    if (error instanceof CommanderError) {
      return error.exitCode === 0 ? 0 : 2;
    }
    if (isClosedPipe(error)) {
      return 0;
    }
    const sentence = error instanceof OperatorError ? error.message : explain(error);
    await print(context.stderr, sentence ?? describe(error));
    return 1;
  }
}

const describe = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : `Something went wrong: ${String(error)}`;
