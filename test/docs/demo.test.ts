import { PassThrough } from 'node:stream';
import { fixtureChecks, seededChecks } from '../../sandbox';
import { HELP, readDemoFlags } from '../../scripts/demo/flags';
import { notFoundIn } from '../../scripts/demo/notFound';
import { Progress } from '../../scripts/demo/progress';
import { tableOf } from '../../scripts/demo/table';
import { runScript } from '../harness/script';

// Each run of the command loads n8n's engine.
jest.setTimeout(60_000);

/** Runs the real command to its end. */
const demo = async (...flags: string[]) =>
	await runScript('scripts/demo.ts', flags, { FEISHU_APP_ID: '', FEISHU_APP_SECRET: '' });

const checkLines = (table: string) => table.split('\n').filter((line) => /│ \d{19} │/.test(line));

test('a long table shows its ends, and the line about the sandbox stays in sight', async () => {
	const { code, stdout, stderr } = await demo();
	expect(code).toBe(0);
	const rows = checkLines(stdout);
	expect(rows).toHaveLength(25);
	const all = seededChecks();
	const shown = [...all.slice(0, 20), ...all.slice(-5)];
	shown.forEach(({ id }, index) => expect(rows[index]).toContain(id));
	expect(stdout).toContain('335 more; --all');
	expect(stderr).toMatch(/^Sandbox tenant at http:\/\/127\.0\.0\.1:\d+ /);
	expect(stderr).toMatch(/^360 checks, 18 pages, 18 requests, [\d.]+ s$/m);
	// Plain lines, because no terminal reads them.
	expect(stderr).toContain('\n  page 1 …\n  page 6 …\n');
});

test('--json gives every check, alone on stdout', async () => {
	const { code, stdout } = await demo('--json');
	expect(code).toBe(0);
	const items = JSON.parse(stdout) as Array<{ id: string }>;
	expect(items.map(({ id }) => id)).toEqual(seededChecks().map(({ id }) => id));
});

test('IDs that are not found are reported', async () => {
	const [{ id } = { id: '' }] = fixtureChecks();
	const { code, stdout, stderr } = await demo('--by', 'ids', '--ids', `${id},123,456`);
	expect(code).toBe(0);
	expect(checkLines(stdout)).toHaveLength(1);
	expect(stderr).toContain('Feishu does not know these IDs: 123, 456\n1 check, 1 page');
});

test('an application without checks is reported without an empty table', async () => {
	const { code, stdout, stderr } = await demo('--by', 'application', '--id', '99');
	expect(code).toBe(0);
	expect(stdout).toBe('');
	expect(stderr).toContain('No background check found: the external application has none');
});

test('a wrong argument gets one plain line and exit code 2, and nothing runs', async () => {
	const { code, stdout, stderr } = await demo('--id', '7003247299220982060');
	expect({ code, stdout, stderr }).toEqual({
		code: 2,
		stdout: '',
		stderr: '--id goes with --by application only. See --help.\n',
	});
});

test.each([
	[['--foo'], "Unknown option '--foo'. See --help."],
	[['what'], "Unexpected argument 'what'. See --help."],
	[['--by'], "Option '--by <value>' argument missing. See --help."],
	[['--by', 'nonsense'], "'nonsense' is none of them"],
	[['--by', 'toString'], "'toString' is none of them"],
	[['--by', 'application'], '--by application needs --id.'],
	[['--by', 'application', '--id', ' '], '--by application needs --id.'],
	[['--by', 'ids', '--id', '1'], '--id goes with --by application only.'],
	[['--by', 'candidate'], '--by candidate needs --email or --phone or --name.'],
	[
		['--by', 'candidate', '--email', 'a@example.com', '--phone', '13800000000'],
		'Only one of --email or --phone can be asked for.',
	],
	[['--email', 'a@example.com'], '--email goes with --by candidate only.'],
	[['--by', 'ids', '--ids', '1', '--ids', '2'], '--ids is given twice. See --help.'],
	[['--by=all', '--by', 'ids', '--ids', '1'], '--by is given twice. See --help.'],
	[['--json', '--json'], '--json is given twice. See --help.'],
])('%j is refused in one line', (args, line) => {
	expect(() => readDemoFlags(args)).toThrow(line);
	expect(() => readDemoFlags(args)).toThrow(/^[^\n]+$/);
});

test.each([
	[[], { operation: 'getMany', returnAll: true }],
	[
		['--by', 'application', '--id', '12'],
		{ operation: 'getByApplication', externalApplicationId: '12', returnAll: true },
	],
	[
		['--by', 'ids', '--ids', '1,2'],
		{
			operation: 'getByIds',
			externalBackgroundCheckIds: '1,2',
			options: { ifNotFound: 'include' },
		},
	],
	[
		['--by', 'candidate', '--phone', '138 0000 0000'],
		{
			operation: 'getByCandidate',
			candidate: { __rl: true, mode: 'value', value: '138 0000 0000' },
		},
	],
])('%j is %j for the node', (args, parameters) => {
	expect(readDemoFlags(args).parameters).toMatchObject(parameters);
});

test('--help overrides everything else, and lists every flag', () => {
	expect(readDemoFlags(['--help', '--id', '1'])).toMatchObject({ help: true });
	for (const flag of ['by', 'id', 'ids', 'email', 'phone', 'name', 'all', 'json']) {
		expect(HELP).toContain(`--${flag}`);
	}
});

test('a table of 40 rows is shown in full, one of 41 is cut, and --all shows every row', () => {
	expect(checkLines(tableOf(seededChecks(40), false))).toHaveLength(40);
	expect(checkLines(tableOf(seededChecks(41), false))).toHaveLength(25);
	expect(checkLines(tableOf(seededChecks(41), true))).toHaveLength(41);
});

test.each([
	['the evening of the 11th in UTC, as a number', 1741708800000, '2025-03-12'],
	['as text', '1741708800000', '2025-03-12'],
	['as the node writes it with Simplify on', '2025-03-12T00:00:00.000+08:00', '2025-03-12'],
	['none', null, ''],
	['zero', 0, ''],
])('days are those of Beijing: %s', (_what, date, day) => {
	const [row = ''] = checkLines(tableOf([{ id: '7318840216653955118', date }], false));
	expect(row.split('│').map((cell) => cell.trim())[3]).toBe(day);
});

test.each([
	['noCandidate', 'Feishu knows no such candidate.'],
	['noExternalApplication', 'The candidate has no external application.'],
	['noBackgroundCheck', 'There is no background check for it.'],
	['whatever', 'No background check found.'],
])('a candidate without checks (%s) is reported', (reason, sentence) => {
	const parameters = { operation: 'getByCandidate' };
	expect(notFoundIn([{ found: false, reason }], parameters)).toEqual([sentence]);
});

test('on a terminal, progress is one line that is rewritten, and removed at the end', () => {
	const stream = Object.assign(new PassThrough(), { isTTY: true }) as unknown as NodeJS.WriteStream;
	const progress = new Progress(stream);
	[1, 2, 3].forEach((count) => progress.page(count));
	progress.end();
	const written = String(stream.read());
	expect(written).not.toContain('\n');
	expect(written).toContain('page 2 …');
	// Nothing is left on the line.
	expect(written.slice(written.lastIndexOf('\x1b[1G') + 4)).toBe('\x1b[2K');
});

test.each([
	[
		'demo',
		['FEISHU_APP_ID', 'cli_1'],
		[],
		/^FEISHU_APP_ID is set, but FEISHU_APP_SECRET is not\. /,
	],
	[
		'demo',
		['FEISHU_APP_SECRET', 's'],
		[],
		/^FEISHU_APP_SECRET is set, but FEISHU_APP_ID is not\. /,
	],
	['dev', ['FEISHU_APP_ID', ''], ['--foo'], /^Unknown option '--foo'\. See --help\.\n$/],
	['dev', ['FEISHU_APP_ID', ''], ['what'], /^Unexpected argument 'what'\. See --help\.\n$/],
] as const)(
	'npm run %s with %j and %j is refused in one line, with exit code 2',
	async (name, set, flags, line) => {
		const env = { FEISHU_APP_ID: '', FEISHU_APP_SECRET: '', [set[0]]: set[1] };
		const { code, stdout, stderr } = await runScript(`scripts/${name}.ts`, [...flags], env);
		expect([code, stdout]).toEqual([2, '']);
		expect(stderr).toMatch(line);
		expect(stderr.trim().split('\n')).toHaveLength(1);
	},
);
